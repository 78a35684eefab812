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

    /// <summary>The container's IPv4 address there.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The subnet's prefix length.</summary>
    public required int PrefixLength { get; init; }

    /// <summary>The network's gateway; null on internal networks.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The container's IPv6 address there; null where the network has no IPv6.</summary>
    public IPAddress? Address6 { get; init; }

    /// <summary>The IPv6 subnet's prefix length; 0 without one.</summary>
    public int PrefixLength6 { get; init; }

    /// <summary>The network's IPv6 gateway; null on internal networks, and without IPv6.</summary>
    public IPAddress? Gateway6 { get; init; }

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

    /// <summary>Whether an address is of one of its subnets.</summary>
    public bool IsOnSubnet(IPAddress address) =>
        AddressNumber.NetworkOf(Address, PrefixLength).Contains(address) || (Address6 is not null && AddressNumber.NetworkOf(Address6, PrefixLength6).Contains(address));

    /// <summary>The device on the host, a port of the network's bridge; empty likewise.</summary>
    public string HostInterface { get; set; } = "";
}
