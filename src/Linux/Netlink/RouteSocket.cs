using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Netlink;

/// <summary>Links, addresses and routes of one network namespace, by rtnetlink(7). Several changes travel in one system call.</summary>
/// <remarks>Numbers are those of linux/rtnetlink.h, linux/if_link.h, linux/if_addr.h, linux/veth.h.</remarks>
public sealed class RouteSocket : IDisposable
{
    private const ushort NewLink = 16, DeleteLinkType = 17, GetLink = 18, SetLink = 19;
    private const ushort NewAddress = 20, DeleteAddressType = 21, GetAddress = 22, NewRoute = 24, DeleteRouteType = 25, GetRoute = 26;
    private const ushort LinkAddress = 1, LinkName = 3, LinkMtu = 4, LinkParent = 5, LinkMaster = 10, LinkInfo = 18, LinkAfSpec = 26, LinkNamespaceFd = 28, LinkIfAlias = 20;
    private const ushort InfoKind = 1, InfoData = 2, InfoSlaveKind = 4, InfoSlaveData = 5, VethPeer = 1, PortMode = 4, PortIsolated = 33, BridgeForwardDelay = 1;
    private const byte Ipv4 = 2, Ipv6 = 10;
    private const NetlinkFlags Make = NetlinkFlags.Acknowledge | NetlinkFlags.Create | NetlinkFlags.Exclusive;

    private readonly NetlinkSocket socket;

    private RouteSocket(NetlinkSocket socket) => this.socket = socket;

    /// <summary>Opens one in the calling thread's network namespace.</summary>
    public static RouteSocket Open() => new(NetlinkSocket.Open(NetlinkProtocol.Route));

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    /// <summary>Makes a bridge, down, with its address. A fixed MAC keeps a bridge from taking that of its lowest port.</summary>
    public void CreateBridge(string name, PhysicalAddress mac, int mtu, string alias)
    {
        var batch = new NetlinkBatch().Begin(NewLink, Make, new LinkHeader())
            .Attribute(LinkName, name).Attribute(LinkAddress, mac.GetAddressBytes()).Attribute(LinkMtu, mtu);
        int info = batch.BeginNest(LinkInfo);
        batch.Attribute(InfoKind, "bridge");
        int data = batch.BeginNest(InfoData);
        batch.Attribute(BridgeForwardDelay, 0).EndNest(data);
        batch.EndNest(info);
        socket.Execute(WithAlias(batch, name, alias), "create bridge", name);
    }

    /// <summary>Makes a veth pair: the peer is born in <paramref name="peerNamespace"/>, with its name, down; this end becomes a port of its bridge and goes up.</summary>
    /// <remarks>A device that is born in its namespace does not have to be moved there, which would cost an RCU grace period.</remarks>
    public void CreateVeth(VethSpec spec, SafeFileHandle peerNamespace)
    {
        var batch = new NetlinkBatch().Begin(NewLink, Make, new LinkHeader())
            .Attribute(LinkName, spec.HostName).Attribute(LinkMtu, spec.Mtu);
        int info = batch.BeginNest(LinkInfo);
        batch.Attribute(InfoKind, "veth");
        int data = batch.BeginNest(InfoData), peer = batch.BeginNest(VethPeer);
        batch.Raw(new LinkHeader());
        batch.Attribute(LinkName, spec.PeerName).Attribute(LinkAddress, spec.PeerMac.GetAddressBytes())
            .Attribute(LinkMtu, spec.Mtu).Attribute(LinkNamespaceFd, (int)peerNamespace.DangerousGetHandle());
        batch.EndNest(peer).EndNest(data).EndNest(info);

        // A bridge port needs no address of its own: without this it would join IPv6's groups and solicit routers.
        WithAlias(batch, spec.HostName, spec.HostAlias);
        NoIpv6Address(batch);
        batch.Begin(SetLink, NetlinkFlags.Acknowledge, new LinkHeader { Flags = LinkHeader.Up, Change = LinkHeader.Up })
            .Attribute(LinkName, spec.HostName).Attribute(LinkMaster, spec.Bridge);
        // Hairpin: with bridge-nf-call-iptables a container that calls its own published port is answered through the port it came from.
        batch.Begin(NewLink, NetlinkFlags.Acknowledge, new LinkHeader()).Attribute(LinkName, spec.HostName);
        int slave = batch.BeginNest(LinkInfo);
        batch.Attribute(InfoSlaveKind, "bridge");
        int port = batch.BeginNest(InfoSlaveData);
        batch.Attribute(PortMode, (byte)1).Attribute(PortIsolated, (byte)(spec.Isolated ? 1 : 0)).EndNest(port).EndNest(slave);
        socket.Execute(batch, "create veth", spec.HostName);
        GC.KeepAlive(peerNamespace);
    }

    /// <summary>Makes a veth pair with both ends here, down, with one hardware address: what is sent into one comes out of the other, and is for this host.</summary>
    public void CreateLoop(string name, string peer, PhysicalAddress mac, string alias)
    {
        NetlinkBatch batch = new NetlinkBatch().Begin(NewLink, Make, new LinkHeader()).Attribute(LinkName, name).Attribute(LinkAddress, mac.GetAddressBytes());
        WithData(batch, "veth", data =>
        {
            int nest = data.BeginNest(VethPeer);
            data.Raw(new LinkHeader());
            data.Attribute(LinkName, peer).Attribute(LinkAddress, mac.GetAddressBytes()).EndNest(nest);
        });
        socket.Execute(WithAlias(WithAlias(batch, name, alias), peer, alias), "create veth", name);
    }

    /// <summary>Sets a link up on which no neighbour is ever asked for its hardware address: all have the link's own.</summary>
    public void SetUpWithoutArp(string name) => socket.Execute(
        new NetlinkBatch().Begin(SetLink, NetlinkFlags.Acknowledge, new LinkHeader { Flags = LinkHeader.Up | LinkHeader.NoArp, Change = LinkHeader.Up | LinkHeader.NoArp }).Attribute(LinkName, name), "set link up", name);

    /// <summary>Whether the kernel knows a kind of device ("macvlan", "ipvlan"); a module that can be loaded is.</summary>
    public bool Knows(string kind)
    {
        // One that lacks its parent: a kind that is known says so, one that is not says that.
        NetlinkBatch batch = new NetlinkBatch().Begin(NewLink, Make, new LinkHeader()).Attribute(LinkName, "argosy-probe");
        int info = batch.BeginNest(LinkInfo);
        batch.Attribute(InfoKind, kind).EndNest(info);
        try
        {
            socket.Execute(batch, "probe link kind", kind);
            DeleteLink("argosy-probe");
            return true;
        }
        catch (LinuxException exception)
        {
            return exception.Error != Errno.NotSupported;
        }
    }

    /// <summary>Makes a macvlan device of a parent, down, in another network namespace.</summary>
    /// <param name="name">Its name there.</param>
    /// <param name="parent">The parent's index here.</param>
    /// <param name="mode">Who reaches whom.</param>
    /// <param name="mac">Its hardware address; null: the kernel's choice, in mode passthru the parent's.</param>
    /// <param name="mtu">Bytes.</param>
    /// <param name="target">The namespace.</param>
    public void CreateMacvlan(string name, int parent, MacvlanMode mode, PhysicalAddress? mac, int mtu, SafeFileHandle target)
    {
        NetlinkBatch batch = OnParent(name, parent, mtu, target);
        if (mac is not null)
            batch.Attribute(LinkAddress, mac.GetAddressBytes());
        WithData(batch, "macvlan", data => data.Attribute(1, (int)mode));
        socket.Execute(batch, "create macvlan", name);
        GC.KeepAlive(target);
    }

    /// <summary>Makes an ipvlan device, likewise; it has its parent's hardware address.</summary>
    public void CreateIpvlan(string name, int parent, IpvlanMode mode, int mtu, SafeFileHandle target)
    {
        NetlinkBatch batch = OnParent(name, parent, mtu, target);
        WithData(batch, "ipvlan", data => data.Attribute(1, BitConverter.GetBytes((ushort)mode)));
        socket.Execute(batch, "create ipvlan", name);
        GC.KeepAlive(target);
    }

    /// <summary>Makes the device of a VLAN (802.1Q) on a parent, down.</summary>
    public void CreateVlan(string name, int parent, ushort vlan, string alias)
    {
        NetlinkBatch batch = new NetlinkBatch().Begin(NewLink, Make, new LinkHeader()).Attribute(LinkName, name).Attribute(LinkParent, parent);
        WithData(batch, "vlan", data => data.Attribute(1, BitConverter.GetBytes(vlan)));
        socket.Execute(WithAlias(batch, name, alias), "create vlan", name);
    }

    /// <summary>Makes a device that leads nowhere, up.</summary>
    public void CreateDummy(string name, string alias)
    {
        NetlinkBatch batch = new NetlinkBatch().Begin(NewLink, Make, new LinkHeader { Flags = LinkHeader.Up, Change = LinkHeader.Up }).Attribute(LinkName, name);
        WithData(batch, "dummy", _ => { });
        socket.Execute(WithAlias(batch, name, alias), "create dummy", name);
    }

    /// <summary>Gives a link an alias.</summary>
    public void SetAlias(string name, string alias) => socket.Execute(WithAlias(new NetlinkBatch(), name, alias), "set link alias", name);

    /// <summary>A message of its own: the kernel takes no alias for a link that it makes. Both travel in one system call.</summary>
    private static NetlinkBatch WithAlias(NetlinkBatch batch, string name, string alias) =>
        batch.Begin(SetLink, NetlinkFlags.Acknowledge, new LinkHeader()).Attribute(LinkName, name).Attribute(LinkIfAlias, alias);

    private static NetlinkBatch OnParent(string name, int parent, int mtu, SafeFileHandle target) =>
        new NetlinkBatch().Begin(NewLink, Make, new LinkHeader())
            .Attribute(LinkName, name).Attribute(LinkParent, parent).Attribute(LinkMtu, mtu).Attribute(LinkNamespaceFd, (int)target.DangerousGetHandle());

    private static void WithData(NetlinkBatch batch, string kind, Action<NetlinkBatch> write)
    {
        int info = batch.BeginNest(LinkInfo);
        batch.Attribute(InfoKind, kind);
        int data = batch.BeginNest(InfoData);
        write(batch);
        batch.EndNest(data).EndNest(info);
    }

    /// <summary>
    /// Switches a bridge port off at once, without the RCU grace periods that removing it costs: nothing is forwarded through it and its
    /// addresses are forgotten. False when there is no such port.
    /// </summary>
    public bool DisablePort(string name)
    {
        const ushort portState = 1, portFlush = 24;
        var batch = new NetlinkBatch().Begin(NewLink, NetlinkFlags.Acknowledge, new LinkHeader()).Attribute(LinkName, name);
        int slave = batch.BeginNest(LinkInfo);
        batch.Attribute(InfoSlaveKind, "bridge");
        int port = batch.BeginNest(InfoSlaveData);
        batch.Attribute(portState, (byte)0).Attribute(portFlush, []).EndNest(port).EndNest(slave);
        return IgnoringMissing(() => socket.Execute(batch, "disable bridge port", name));
    }

    /// <summary>Removes a link; a veth takes its peer along. False when there is none of that name.</summary>
    public bool DeleteLink(string name) => IgnoringMissing(() => socket.Execute(
        new NetlinkBatch().Begin(DeleteLinkType, NetlinkFlags.Acknowledge, new LinkHeader()).Attribute(LinkName, name), "delete link", name));

    /// <summary>Makes a link a port of a bridge.</summary>
    public void SetMaster(string name, int bridge) => socket.Execute(
        new NetlinkBatch().Begin(SetLink, NetlinkFlags.Acknowledge, new LinkHeader()).Attribute(LinkName, name).Attribute(LinkMaster, bridge), "set link master", name);

    /// <summary>Sets a link up.</summary>
    public void SetUp(string name) => socket.Execute(
        new NetlinkBatch().Begin(SetLink, NetlinkFlags.Acknowledge, new LinkHeader { Flags = LinkHeader.Up, Change = LinkHeader.Up }).Attribute(LinkName, name), "set link up", name);

    /// <summary>Gives a link an address; the same one a second time is no error.</summary>
    public void AddAddress(int link, IPAddress address, int prefixLength)
    {
        var batch = AddressRequest(new NetlinkBatch(), NewAddress, NetlinkFlags.Acknowledge | NetlinkFlags.Create | NetlinkFlags.Replace, link, address, prefixLength);
        socket.Execute(batch, "add address", $"{address}/{prefixLength}");
    }

    /// <summary>Gives a device its addresses and sets it up, and makes <paramref name="gateways"/>, one of a family, the default routes.</summary>
    /// <param name="name">The device.</param>
    /// <param name="addresses">All that it is to have.</param>
    /// <param name="neighbours">Subnets without an address here that it reaches without a gateway.</param>
    /// <param name="gateways">On any of the subnets.</param>
    public void Configure(string name, IEnumerable<(IPAddress Address, int PrefixLength)> addresses, IEnumerable<IPNetwork> neighbours, IEnumerable<IPAddress> gateways)
    {
        if (!TryGetLink(name, out Link? link))
            throw new LinuxException("get link", name, Errno.NoDevice);
        var batch = new NetlinkBatch();
        foreach ((IPAddress address, int prefixLength) in addresses)
            AddressRequest(batch, NewAddress, NetlinkFlags.Acknowledge | NetlinkFlags.Create | NetlinkFlags.Replace, link.Index, address, prefixLength);
        batch.Begin(SetLink, NetlinkFlags.Acknowledge, new LinkHeader { Index = link.Index, Flags = LinkHeader.Up, Change = LinkHeader.Up });
        foreach (IPNetwork neighbour in neighbours)
            NeighbourRequest(batch, link.Index, neighbour);
        foreach (IPAddress gateway in gateways)
            RouteRequest(batch, NewRoute, NetlinkFlags.Acknowledge | NetlinkFlags.Create | NetlinkFlags.Replace, gateway);
        socket.Execute(batch, "configure", name);
    }

    /// <summary>Takes an address from a link. False when it had none such.</summary>
    public bool DeleteAddress(int link, IPAddress address, int prefixLength) => IgnoringMissing(() => socket.Execute(
        AddressRequest(new NetlinkBatch(), DeleteAddressType, NetlinkFlags.Acknowledge, link, address, prefixLength), "delete address", $"{address}/{prefixLength}"));

    /// <summary>Sets the default route of the gateway's family, replacing the one there was.</summary>
    public void SetDefaultRoute(IPAddress gateway) => socket.Execute(
        RouteRequest(new NetlinkBatch(), NewRoute, NetlinkFlags.Acknowledge | NetlinkFlags.Create | NetlinkFlags.Replace, gateway), "add route", $"default via {gateway}");

    /// <summary>Makes a device the IPv4 default route, without a gateway.</summary>
    public void SetDefaultRoute(string device)
    {
        const byte mainTable = 254, bootProtocol = 3, unicast = 1, linkScope = 253;
        const ushort outputDevice = 4;
        if (!TryGetLink(device, out Link? link))
            throw new LinuxException("get link", device, Errno.NoDevice);
        var header = new RouteHeader { Family = Ipv4, Table = mainTable, Protocol = bootProtocol, Type = unicast, Scope = linkScope };
        NetlinkBatch batch = new NetlinkBatch().Begin(NewRoute, NetlinkFlags.Acknowledge | NetlinkFlags.Create | NetlinkFlags.Replace, header).Attribute(outputDevice, link.Index);
        socket.Execute(batch, "add route", $"default dev {device}");
    }

    /// <summary>Removes the default route. False when there was none by that gateway.</summary>
    public bool DeleteDefaultRoute(IPAddress gateway) => IgnoringMissing(() => socket.Execute(
        RouteRequest(new NetlinkBatch(), DeleteRouteType, NetlinkFlags.Acknowledge, gateway), "delete route", $"default via {gateway}"));

    /// <summary>Looks up one link.</summary>
    public bool TryGetLink(string name, [NotNullWhen(true)] out Link? link)
    {
        Link? found = null;
        bool exists = IgnoringMissing(() => socket.Query(
            new NetlinkBatch().Begin(GetLink, NetlinkFlags.Acknowledge, new LinkHeader()).Attribute(LinkName, name),
            "get link", name, (type, body) => found = RouteAnswers.ReadLink(type, body) ?? found));
        link = found;
        return exists && found is not null;
    }

    /// <summary>All links of the namespace.</summary>
    public IReadOnlyList<Link> ListLinks()
    {
        var links = new List<Link>();
        socket.Query(new NetlinkBatch().Begin(GetLink, NetlinkFlags.Dump, new LinkHeader()), "list links", null, (type, body) =>
        {
            if (RouteAnswers.ReadLink(type, body) is { } link)
                links.Add(link);
        });
        return links;
    }

    /// <summary>The destinations of all routes of the main table, of both families, but the default ones: address ranges that are in use.</summary>
    public IReadOnlyList<IPNetwork> ListDestinations()
    {
        var destinations = new List<IPNetwork>();
        socket.Query(new NetlinkBatch().Begin(GetRoute, NetlinkFlags.Dump, new RouteHeader()), "list routes", null, (type, body) =>
        {
            if (RouteAnswers.ReadDestination(type, body) is { } destination)
                destinations.Add(destination);
        });
        return destinations;
    }

    /// <summary>A link's addresses of both families.</summary>
    public IReadOnlyList<(IPAddress Address, int PrefixLength)> ListAddresses(int link)
    {
        var addresses = new List<(IPAddress, int)>();
        socket.Query(new NetlinkBatch().Begin(GetAddress, NetlinkFlags.Dump, new AddressHeader()), "list addresses", null, (type, body) =>
        {
            if (RouteAnswers.ReadAddress(type, body) is { } address && address.Index == link)
                addresses.Add((address.Address, address.PrefixLength));
        });
        return addresses;
    }

    private static void NoIpv6Address(NetlinkBatch batch)
    {
        const ushort addressGenerationMode = 8;
        int families = batch.BeginNest(LinkAfSpec), ipv6 = batch.BeginNest(Ipv6);
        batch.Attribute(addressGenerationMode, (byte)1).EndNest(ipv6);
        batch.EndNest(families);
    }

    private static NetlinkBatch AddressRequest(NetlinkBatch batch, ushort type, NetlinkFlags flags, int link, IPAddress address, int prefixLength)
    {
        const ushort prefixAddress = 1, localAddress = 2, broadcastAddress = 4;
        const byte withoutDuplicateDetection = 2, universe = 0, linkScope = 253;
        byte[] bytes = address.GetAddressBytes();
        bool ipv6 = bytes.Length == 16, isLocal = address.IsIPv6LinkLocal || (!ipv6 && bytes is [169, 254, ..]);
        // Who gives addresses knows that they are given once: an IPv6 one may be used at once, instead of after a second of asking around.
        var header = new AddressHeader { Family = FamilyOf(address), PrefixLength = (byte)prefixLength, Index = link, Flags = ipv6 ? withoutDuplicateDetection : (byte)0, Scope = isLocal ? linkScope : universe };
        batch.Begin(type, flags, header).Attribute(localAddress, bytes).Attribute(prefixAddress, bytes);
        if (ipv6)
            return batch;
        byte[] broadcast = (byte[])bytes.Clone();
        for (int bit = prefixLength; bit < 32; bit++)
            broadcast[bit / 8] |= (byte)(0x80 >> (bit % 8));
        return batch.Attribute(broadcastAddress, broadcast);
    }

    private static NetlinkBatch RouteRequest(NetlinkBatch batch, ushort type, NetlinkFlags flags, IPAddress gateway)
    {
        const byte mainTable = 254, bootProtocol = 3, unicast = 1;
        const ushort routeGateway = 5;
        var header = new RouteHeader { Family = FamilyOf(gateway), Table = mainTable, Protocol = bootProtocol, Type = unicast };
        return batch.Begin(type, flags, header).Attribute(routeGateway, gateway.GetAddressBytes());
    }

    private static void NeighbourRequest(NetlinkBatch batch, int link, IPNetwork subnet)
    {
        const byte mainTable = 254, bootProtocol = 3, unicast = 1, linkScope = 253;
        const ushort destination = 1, outputDevice = 4;
        var header = new RouteHeader
        {
            Family = FamilyOf(subnet.BaseAddress),
            DestinationLength = (byte)subnet.PrefixLength,
            Table = mainTable,
            Protocol = bootProtocol,
            Type = unicast,
            Scope = subnet.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? linkScope : (byte)0,
        };
        batch.Begin(NewRoute, NetlinkFlags.Acknowledge | NetlinkFlags.Create | NetlinkFlags.Replace, header)
            .Attribute(destination, subnet.BaseAddress.GetAddressBytes()).Attribute(outputDevice, link);
    }

    private static byte FamilyOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? Ipv4 : Ipv6;

    private static bool IgnoringMissing(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (LinuxException exception) when (exception.Error is Errno.NoDevice or Errno.AddressNotAvailable or Errno.NoProcess)
        {
            return false;
        }
    }
}
