using System.Net;

namespace Argosy.Networks;

/// <summary>What the firewall must know of a network.</summary>
internal sealed record FirewallNetwork
{
    internal required string Bridge { get; init; }

    /// <summary>Its subnets of both families.</summary>
    internal required IReadOnlyList<IPNetwork> Subnets { get; init; }

    internal bool Internal { get; init; }

    internal bool InterContainerCommunication { get; init; }

    internal bool Masquerade { get; init; }

    internal GatewayMode Mode { get; init; }

    internal GatewayMode Mode6 { get; init; }

    /// <summary>A bridge is one network's.</summary>
    public bool Equals(FirewallNetwork? other) => other?.Bridge == Bridge;

    public override int GetHashCode() => Bridge.GetHashCode(StringComparison.Ordinal);
}
