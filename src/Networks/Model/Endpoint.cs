using System.Net;
using Argosy.Core;

namespace Argosy.Networks;

/// <summary>A connection of a running container to a network.</summary>
public sealed record Endpoint
{
    /// <summary>64 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>The network.</summary>
    public required NetworkId Network { get; init; }

    /// <summary>The network's name.</summary>
    public required string NetworkName { get; init; }

    /// <summary>The network's driver.</summary>
    public string Driver { get; init; } = "bridge";

    /// <summary>The container's IPv4 address there; null where the network has no IPv4.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The IPv4 subnet's prefix length; 0 without one.</summary>
    public int PrefixLength { get; init; }

    /// <summary>The network's IPv4 gateway; null on internal networks, and without IPv4.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The container's IPv6 address there; null where the network has no IPv6.</summary>
    public IPAddress? Address6 { get; init; }

    /// <summary>The IPv6 subnet's prefix length; 0 without one.</summary>
    public int PrefixLength6 { get; init; }

    /// <summary>The network's IPv6 gateway; null on internal networks, and without IPv6.</summary>
    public IPAddress? Gateway6 { get; init; }

    /// <summary>The network's other subnets, of both families: they are reached without a gateway.</summary>
    public IReadOnlyList<IPNetwork> Neighbours { get; set; } = [];

    /// <summary>Further addresses that were asked for, link-local ones.</summary>
    public IReadOnlyList<IPAddress> LinkLocal { get; set; } = [];

    /// <summary>Kernel settings of the device alone: paths below /proc/sys, and values.</summary>
    public IReadOnlyList<KernelSetting> Settings { get; set; } = [];

    /// <summary>Lower case, with colons.</summary>
    public required string MacAddress { get; init; }

    /// <summary>What the user called it here.</summary>
    public IReadOnlyList<string> Aliases { get; set; } = [];

    /// <summary>Names that this container alone knows others by here.</summary>
    public IReadOnlyList<LinkedName> Links { get; set; } = [];

    /// <summary>Every name that resolves to it on this network; empty on the default bridge.</summary>
    public IReadOnlyList<string> DnsNames { get; set; } = [];

    /// <summary>See <see cref="EndpointSpec.GatewayPriority"/>.</summary>
    public int GatewayPriority { get; init; }

    /// <summary>The device in the container, "eth0"; empty when the network has none (host, none).</summary>
    public string InterfaceName { get; set; } = "";

    /// <summary>Its addresses that the network gave, of one family or of both.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<IPAddress> Addresses => new[] { Address, Address6 }.OfType<IPAddress>();

    /// <summary>Whether an address is of one of the network's subnets.</summary>
    public bool IsOnSubnet(IPAddress address) =>
        IsOn(Address, PrefixLength, address) || IsOn(Address6, PrefixLength6, address) || Neighbours.Any(subnet => subnet.Contains(address));

    private static bool IsOn(IPAddress? own, int prefixLength, IPAddress address) => own is not null && AddressNumber.NetworkOf(own, prefixLength).Contains(address);

    /// <summary>The device on the host, a port of the network's bridge; empty likewise.</summary>
    public string HostInterface { get; set; } = "";
}
