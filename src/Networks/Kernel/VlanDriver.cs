using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using Argosy.Core;
using Argosy.Linux;
using Argosy.Linux.Netlink;

namespace Argosy.Networks;

/// <summary>
/// Networks of macvlan and ipvlan devices: each container has a device of its own on a parent of the host's, and is a machine of the
/// parent's network. Nothing is translated and nothing filtered; the host itself does not reach them.
/// </summary>
internal sealed class VlanDriver(BridgeDriver bridges, KernelNames names) : INetworkDriver
{
    private const string DummyPrefix = "dm-";

    private RouteSocket Host => bridges.Host;

    /// <summary>The parent of a network; where none is named, one that leads nowhere.</summary>
    internal static string ParentOf(NetworkId id, VlanOptions options) => options.Parent.Length > 0 ? options.Parent : DummyPrefix + id.Value[..12];

    /// <summary>Whether the network has to make its parent, and remove it again.</summary>
    /// <exception cref="EngineException">The kernel has no such driver, or the parent can neither be found nor made.</exception>
    internal bool MakesParent(string driver, string parent)
    {
        if (!Host.Knows(driver))
            throw EngineException.NotImplemented($"network driver {driver}: this kernel has no {driver} devices");
        if (Host.TryGetLink(parent, out _))
            return false;
        if (!parent.StartsWith(DummyPrefix, StringComparison.Ordinal))
            _ = ParseSubInterface(parent);
        return true;
    }

    /// <summary>What an endpoint cannot choose: the hardware address where it is the parent's, and whether there is a gateway.</summary>
    internal (PhysicalAddress? Mac, bool HasGateway) Plan(NetworkRecord network)
    {
        VlanOptions options = VlanOptions.Parse(network.Driver, network.Options);
        bool isParents = network.Driver == "ipvlan" || options.Macvlan == MacvlanMode.Passthru;
        return (isParents && Host.TryGetLink(network.Parent, out Link? parent) ? parent.Mac : null, network.Driver == "macvlan" || options.Ipvlan == IpvlanMode.L2);
    }

    public void Ensure(NetworkRecord network)
    {
        if (!network.MadeParent || Host.TryGetLink(network.Parent, out _))
            return;
        try
        {
            if (network.Parent.StartsWith(DummyPrefix, StringComparison.Ordinal))
                Host.CreateDummy(network.Parent, names.Alias);
            else
                CreateSubInterface(network.Parent);
        }
        catch (LinuxException exception) when (exception.Error == Errno.NotSupported)
        {
            string kind = network.Parent.StartsWith(DummyPrefix, StringComparison.Ordinal) ? "dummy" : "VLAN (802.1Q)";
            throw new EngineException(ErrorKind.NotImplemented, $"the parent {network.Parent} cannot be made: this kernel has no {kind} devices", exception);
        }
    }

    public void Delete(NetworkRecord network)
    {
        if (network.MadeParent)
            bridges.DeleteOwn(network.Parent);
    }

    public void Attach(NetworkRecord network, Endpoint endpoint, PreparedNamespace inside, IReadOnlyList<IPAddress> gateways)
    {
        if (!Host.TryGetLink(network.Parent, out Link? parent))
            throw new EngineException(ErrorKind.Internal, $"the parent {network.Parent} of network {network.Name} is gone");
        VlanOptions options = VlanOptions.Parse(network.Driver, network.Options);
        int mtu = options.Mtu ?? parent.Mtu;
        // A device is as alive as its parent.
        if (!parent.IsUp)
            Host.SetUp(network.Parent);
        if (network.Driver == "macvlan")
            Host.CreateMacvlan(endpoint.InterfaceName, parent.Index, options.Macvlan, MacOf(endpoint, options), mtu, inside.Handle);
        else
            Host.CreateIpvlan(endpoint.InterfaceName, parent.Index, options.Ipvlan, mtu, inside.Handle);
        inside.Configure(endpoint, gateways);
        if (network.Driver == "ipvlan" && options.Ipvlan != IpvlanMode.L2 && !network.Internal)
            inside.Routes.SetDefaultRoute(endpoint.InterfaceName);
    }

    /// <summary>The device is in the container's namespace and lives as long as it: there is nothing on the host to repair.</summary>
    public void Repair(NetworkRecord network, Endpoint endpoint, PreparedNamespace inside, IReadOnlyList<IPAddress> gateways)
    {
    }

    public void Detach(Endpoint endpoint, PreparedNamespace inside) => inside.Routes.DeleteLink(endpoint.InterfaceName);

    public void Silence(Endpoint endpoint, PreparedNamespace inside) => Detach(endpoint, inside);

    /// <summary>In mode passthru the device has its parent's.</summary>
    private static PhysicalAddress? MacOf(Endpoint endpoint, VlanOptions options) =>
        options.Macvlan != MacvlanMode.Passthru && MacAddresses.TryParse(endpoint.MacAddress, out PhysicalAddress? mac) ? mac : null;

    private void CreateSubInterface(string name)
    {
        (Link parent, ushort vlan) = ParseSubInterface(name);
        Host.CreateVlan(name, parent.Index, vlan, names.Alias);
        Host.SetUp(name);
    }

    /// <summary>In dockerd's order and words.</summary>
    private (Link Parent, ushort Vlan) ParseSubInterface(string name)
    {
        string[] parts = name.Split('.');
        if (parts.Length != 2)
            throw EngineException.Invalid($"invalid subinterface vlan name {name}, example formatting is eth0.10");
        if (!Host.TryGetLink(parts[0], out Link? parent))
            throw EngineException.Invalid($"-o parent interface does was not found on the host: {parts[0]}");
        if (!ushort.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out ushort vlan) || vlan is < 1 or > 4094)
            throw EngineException.Invalid($"vlan id must be between 1-4094, received: {parts[1]}");
        return (parent, vlan);
    }
}
