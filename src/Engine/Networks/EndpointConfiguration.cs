using System.Net;
using Argosy.Core;

namespace Argosy.Engine.Networks;

/// <summary>A container's wish to be on a network, as it is kept in the container's configuration.</summary>
public sealed record EndpointConfiguration
{
    /// <summary>The network.</summary>
    public required NetworkId Network { get; init; }

    /// <summary>Its name when the wish was made; networks are not renamed.</summary>
    public required string NetworkName { get; init; }

    /// <summary>Further names on this network.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Other containers of this network by names of its own: name:alias.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>The IPv4 address asked for; null: any.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The IPv6 address asked for; null: any.</summary>
    public IPAddress? Address6 { get; init; }

    /// <summary>Further, link-local addresses.</summary>
    public IReadOnlyList<IPAddress> LinkLocal { get; init; } = [];

    /// <summary>Options of the network's driver, Docker's keys.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>The hardware address asked for; null: any.</summary>
    public string? MacAddress { get; init; }

    /// <summary>Which endpoint provides the default route: the highest.</summary>
    public int GatewayPriority { get; init; }
}
