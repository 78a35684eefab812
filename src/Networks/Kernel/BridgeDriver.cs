using System.Net;
using System.Net.NetworkInformation;
using Argosy.Core;
using Argosy.Linux.Netlink;
using Microsoft.Extensions.Logging;

namespace Argosy.Networks;

/// <summary>The host's side of bridge networks: bridge devices, their addresses and settings, and the ports that join containers to them.</summary>
internal sealed class BridgeDriver(KernelNames names, NetworksOptions options, ILogger<BridgeDriver> logger) : INetworkDriver, IDisposable
{
    private readonly RouteSocket host = RouteSocket.Open();

    /// <summary>The host's own rtnetlink socket.</summary>
    internal RouteSocket Host => host;

    /// <summary>Makes the network's bridge as it should be: missing, it is made; there already, it gets what it lacks.</summary>
    public void Ensure(NetworkRecord network)
    {
        if (!host.TryGetLink(network.Bridge, out Link? link))
        {
            host.CreateBridge(network.Bridge, MacAddresses.Random(), Mtu(network), names.Alias);
            if (!host.TryGetLink(network.Bridge, out link))
                throw new EngineException(ErrorKind.Internal, $"bridge {network.Bridge} was made and is gone");
        }
        else
        {
            Adopt(link);
        }
        SetUp(network, link);
    }

    /// <summary>Removes the bridge; one that was there before its network stays, as with Docker.</summary>
    public void Delete(NetworkRecord network) => DeleteOwn(network.Bridge);

    /// <summary>Removes a device that this daemon made.</summary>
    internal void DeleteOwn(string device)
    {
        if (host.TryGetLink(device, out Link? link) && names.Owns(link))
            host.DeleteLink(device);
    }

    /// <summary>Joins a namespace to the network; the device in it is up and has its addresses, and the default routes by these gateways.</summary>
    public void Attach(NetworkRecord network, Endpoint endpoint, PreparedNamespace inside, IReadOnlyList<IPAddress> gateways)
    {
        if (!host.TryGetLink(network.Bridge, out Link? bridge))
            throw new EngineException(ErrorKind.Internal, $"the bridge {network.Bridge} of network {network.Name} is gone");
        if (!MacAddresses.TryParse(endpoint.MacAddress, out PhysicalAddress? mac))
            throw EngineException.Invalid($"invalid mac address: {endpoint.MacAddress}");
        var pair = new VethSpec
        {
            HostName = endpoint.HostInterface,
            HostAlias = names.Alias,
            Bridge = bridge.Index,
            PeerName = endpoint.InterfaceName,
            PeerMac = mac,
            Mtu = Mtu(network),
            Isolated = !Options(network).InterContainerCommunication,
        };
        host.CreateVeth(pair, inside.Handle);
        inside.Configure(endpoint, gateways);
    }

    /// <summary>Makes an adopted container's connection what it should be: its bridge may be a new one, or its pair may be gone.</summary>
    public void Repair(NetworkRecord network, Endpoint endpoint, PreparedNamespace inside, IReadOnlyList<IPAddress> gateways)
    {
        if (!host.TryGetLink(endpoint.HostInterface, out Link? port))
        {
            Attach(network, endpoint, inside, gateways);
            return;
        }
        if (names.MayOwn(port))
            host.SetAlias(port.Name, names.Alias);
        if (host.TryGetLink(network.Bridge, out Link? bridge) && port.Master != bridge.Index)
            host.SetMaster(endpoint.HostInterface, bridge.Index);
    }

    /// <summary>Removes the pair; a missing one is no error.</summary>
    public void Detach(Endpoint endpoint, PreparedNamespace inside)
    {
        if (endpoint.HostInterface.Length > 0)
            host.DeleteLink(endpoint.HostInterface);
    }

    /// <summary>
    /// Silences the connection of a namespace that is about to go. The kernel removes the pair with the namespace, many at a time, and
    /// <see cref="LinkSweeper"/> what it leaves; until then the address can be given to the next container.
    /// </summary>
    public void Silence(Endpoint endpoint, PreparedNamespace inside)
    {
        if (endpoint.HostInterface.Length > 0)
            host.DisablePort(endpoint.HostInterface);
    }

    internal static FirewallNetwork Firewall(NetworkRecord network)
    {
        BridgeOptions parsed = Options(network);
        return new FirewallNetwork
        {
            Bridge = network.Bridge,
            Subnets = [.. network.Subnets.Select(subnet => subnet.Subnet)],
            Internal = network.Internal,
            InterContainerCommunication = parsed.InterContainerCommunication,
            Masquerade = parsed.Masquerade,
            Mode = parsed.Mode,
            Mode6 = parsed.Mode6,
        };
    }

    internal static BridgeOptions Options(NetworkRecord network) => BridgeOptions.Parse(network.Options);

    /// <inheritdoc/>
    public void Dispose() => host.Dispose();

    /// <summary>A bridge that is there already: ours, or one of the host's that its administrator named.</summary>
    private void Adopt(Link link)
    {
        if (link.Kind != "bridge")
            throw EngineException.Invalid($"{link.Name} exists and is not a bridge");
        if (names.IsForeign(link))
            throw EngineException.Conflict($"{link.Name} is a device of another argosyd of this host ({link.Alias})");
        if (names.MayOwn(link))
            host.SetAlias(link.Name, names.Alias);
    }

    private int Mtu(NetworkRecord network) => Options(network).Mtu ?? options.Mtu;

    private void SetUp(NetworkRecord network, Link link)
    {
        if (network.Ipv6 is not null)
            SetUpIpv6(network.Bridge);
        else
            Set($"net/ipv6/conf/{network.Bridge}/disable_ipv6", "1");
        // 127.0.0.1:8080 on the host leads to a container: its answers come from our bridge to 127.0.0.1. The chain "guard" keeps others out.
        Set($"net/ipv4/conf/{network.Bridge}/route_localnet", "1");
        (IPAddress Address, int PrefixLength)[] wanted = [.. BridgeAddresses(network)];
        foreach ((IPAddress address, int prefixLength) in host.ListAddresses(link.Index).Where(address => !address.Address.IsIPv6LinkLocal).Except(wanted))
            host.DeleteAddress(link.Index, address, prefixLength);
        foreach ((IPAddress address, int prefixLength) in wanted)
            host.AddAddress(link.Index, address, prefixLength);
        if (!link.IsUp)
            host.SetUp(network.Bridge);
    }

    private static IEnumerable<(IPAddress, int)> BridgeAddresses(NetworkRecord network)
    {
        BridgeOptions parsed = Options(network);
        bool has4 = !parsed.InhibitIpv4 && parsed.Mode != GatewayMode.Isolated, has6 = parsed.Mode6 != GatewayMode.Isolated;
        return network.Subnets.Where(subnet => subnet.IsIpv6 ? has6 : has4).Select(subnet => (subnet.Gateway, subnet.Subnet.PrefixLength));
    }

    /// <summary>The first network with IPv6 makes the host a router for it.</summary>
    private void SetUpIpv6(string bridge)
    {
        // Nobody else has its addresses. While its link-local one was asked for, a second and more, neighbours could not be asked for at all.
        Set($"net/ipv6/conf/{bridge}/accept_dad", "0");
        Set($"net/ipv6/conf/{bridge}/disable_ipv6", "0");
        Set($"net/ipv6/conf/{bridge}/accept_ra", "0");
        if (HostSettings.Read("net/ipv6/conf/all/forwarding") == "0")
        {
            HostSettings.KeepRouterAdvertisements();
            Set("net/ipv6/conf/default/forwarding", "1");
            Set("net/ipv6/conf/all/forwarding", "1");
        }
    }

    private void Set(string name, string value)
    {
        if (!HostSettings.Write(name, value))
            NetworksLog.SettingFailed(logger, name, value, "this kernel does not have it");
    }
}
