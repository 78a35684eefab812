using System.Net;
using Argosy.Core;

namespace Argosy.Networks;

/// <summary>A wanted connection of a container to a network.</summary>
public sealed record EndpointSpec
{
    /// <summary>The network.</summary>
    public required NetworkId Network { get; init; }

    /// <summary>Further names on this network.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Names that this container alone knows others by, on this network.</summary>
    public IReadOnlyList<LinkedName> Links { get; init; } = [];

    /// <summary>The wanted IPv4 address; null: the lowest free one.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The wanted IPv6 address; null: the lowest free one, where the network has IPv6.</summary>
    public IPAddress? Address6 { get; init; }

    /// <summary>Further addresses, of 169.254.0.0/16 or fe80::/64.</summary>
    public IReadOnlyList<IPAddress> LinkLocal { get; init; } = [];

    /// <summary>Docker's keys; see <see cref="EndpointOptions"/>.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>The wanted hardware address; null: derived from the address.</summary>
    public string? MacAddress { get; init; }

    /// <summary>The endpoint with the highest one provides the default route; equal ones: the first network in the order of names.</summary>
    public int GatewayPriority { get; init; }
}
