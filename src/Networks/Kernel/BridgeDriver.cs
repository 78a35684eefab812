using System.Net.NetworkInformation;
using Argosy.Core;
using Argosy.Linux.Netlink;
using Microsoft.Extensions.Logging;

namespace Argosy.Networks;

/// <summary>The host's side of bridge networks: bridge devices, their addresses and settings, and the ports that join containers to them.</summary>
internal sealed class BridgeDriver(KernelNames names, NetworksOptions options, ILogger<BridgeDriver> logger) : IDisposable
{
    private readonly RouteSocket host = RouteSocket.Open();

    /// <summary>The host's own rtnetlink socket.</summary>
    internal RouteSocket Host => host;

    /// <summary>Makes the network's bridge as it should be: missing, it is made; there already, it gets what it lacks.</summary>
    internal void Ensure(NetworkRecord network)
    {
        SubnetRecord subnet = network.Subnets[0];
        if (!host.TryGetLink(network.Bridge, out Link? link))
        {
            host.CreateBridge(network.Bridge, MacAddresses.Random(), Mtu(network), names.Alias);
            if (!host.TryGetLink(network.Bridge, out link))
                throw new EngineException(ErrorKind.Internal, $"bridge {network.Bridge} was made and is gone");
        }
        else if (link.Kind != "bridge")
        {
            throw EngineException.Invalid($"{network.Bridge} exists and is not a bridge");
        }
        SetUp(network, subnet, link);
    }

    internal void Delete(NetworkRecord network) => host.DeleteLink(network.Bridge);

    /// <summary>Joins a namespace to the network; the device in it is up and has its address, and the default route if it shall have it.</summary>
    internal void Attach(NetworkRecord network, Endpoint endpoint, PreparedNamespace inside, bool defaultRoute)
    {
        if (!host.TryGetLink(network.Bridge, out Link? bridge))
            throw new EngineException(ErrorKind.Internal, $"the bridge {network.Bridge} of network {network.Name} is gone");
        if (!MacAddresses.TryParse(endpoint.MacAddress, out PhysicalAddress? mac))
            throw EngineException.Invalid($"invalid mac address: {endpoint.MacAddress}");
        var pair = new VethSpec
        {
            HostName = endpoint.HostInterface,
            Bridge = bridge.Index,
            PeerName = endpoint.InterfaceName,
            PeerMac = mac,
            Mtu = Mtu(network),
            Isolated = !Options(network).InterContainerCommunication,
        };
        host.CreateVeth(pair, inside.Handle);
        inside.Routes.Configure(endpoint.InterfaceName, endpoint.Address, endpoint.PrefixLength, defaultRoute ? endpoint.Gateway : null);
    }

    /// <summary>Makes an adopted container's connection what it should be: its bridge may be a new one, or its pair may be gone.</summary>
    internal void Repair(NetworkRecord network, Endpoint endpoint, PreparedNamespace inside, bool defaultRoute)
    {
        if (!host.TryGetLink(endpoint.HostInterface, out Link? port))
            Attach(network, endpoint, inside, defaultRoute);
        else if (host.TryGetLink(network.Bridge, out Link? bridge) && port.Master != bridge.Index)
            host.SetMaster(endpoint.HostInterface, bridge.Index);
    }

    /// <summary>Removes the pair; a missing one is no error.</summary>
    internal void Detach(Endpoint endpoint)
    {
        if (endpoint.HostInterface.Length > 0)
            host.DeleteLink(endpoint.HostInterface);
    }

    /// <summary>
    /// Silences the connection of a namespace that is about to go. The kernel removes the pair with the namespace, many at a time, and
    /// <see cref="LinkSweeper"/> what it leaves; until then the address can be given to the next container.
    /// </summary>
    internal void Silence(Endpoint endpoint)
    {
        if (endpoint.HostInterface.Length > 0)
            host.DisablePort(endpoint.HostInterface);
    }

    internal static FirewallNetwork Firewall(NetworkRecord network)
    {
        BridgeOptions parsed = Options(network);
        return new FirewallNetwork(network.Bridge, network.Subnets[0].Subnet, network.Internal, parsed.InterContainerCommunication, parsed.Masquerade);
    }

    internal static BridgeOptions Options(NetworkRecord network) => BridgeOptions.Parse(network.Options);

    /// <inheritdoc/>
    public void Dispose() => host.Dispose();

    private int Mtu(NetworkRecord network) => Options(network).Mtu ?? options.Mtu;

    private void SetUp(NetworkRecord network, SubnetRecord subnet, Link link)
    {
        Set($"net/ipv6/conf/{network.Bridge}/disable_ipv6", "1");
        // 127.0.0.1:8080 on the host leads to a container: its answers come from our bridge to 127.0.0.1. The chain "guard" keeps others out.
        Set($"net/ipv4/conf/{network.Bridge}/route_localnet", "1");
        foreach ((var address, int prefixLength) in host.ListAddresses(link.Index))
            if (!address.Equals(subnet.Gateway) || prefixLength != subnet.Subnet.PrefixLength)
                host.DeleteAddress(link.Index, address, prefixLength);
        host.AddAddress(link.Index, subnet.Gateway, subnet.Subnet.PrefixLength);
        if (!link.IsUp)
            host.SetUp(network.Bridge);
    }

    private void Set(string name, string value)
    {
        if (!HostSettings.Write(name, value))
            NetworksLog.SettingFailed(logger, name, value, "this kernel does not have it");
    }
}
