namespace Argosy.Networks;

/// <summary>What a bridge network is to the world, for one family (com.docker.network.bridge.gateway_mode_ipv4 and _ipv6).</summary>
internal enum GatewayMode
{
    /// <summary>Containers go out with the host's address; the world comes in by published ports alone.</summary>
    Nat,

    /// <summary>The same, but whoever has a route to the containers reaches all of their ports.</summary>
    NatUnprotected,

    /// <summary>Nothing is translated: the world has a route to the containers, and reaches those ports that are published.</summary>
    Routed,

    /// <summary>The bridge has no address: not even the host is there. For internal networks only.</summary>
    Isolated,
}
