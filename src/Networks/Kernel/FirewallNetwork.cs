using System.Net;

namespace Argosy.Networks;

/// <summary>What the firewall must know of a network.</summary>
internal sealed record FirewallNetwork
{
    internal required string Bridge { get; init; }

    internal required IPNetwork Subnet { get; init; }

    /// <summary>Null without IPv6.</summary>
    internal IPNetwork? Subnet6 { get; init; }

    internal bool Internal { get; init; }

    internal bool InterContainerCommunication { get; init; }

    internal bool Masquerade { get; init; }

    internal GatewayMode Mode { get; init; }

    internal GatewayMode Mode6 { get; init; }
}
