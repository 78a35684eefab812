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

    /// <summary>The wanted address; null: the lowest free one.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The wanted hardware address; null: derived from the address.</summary>
    public string? MacAddress { get; init; }

    /// <summary>The endpoint with the highest one provides the default route; equal ones: the first network in the order of names.</summary>
    public int GatewayPriority { get; init; }
}
