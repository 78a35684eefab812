using Argosy.Core;

namespace Argosy.Networks;

/// <summary>The network of a running container, as it is. An immutable snapshot; it is also the record that survives a restart.</summary>
public sealed record Sandbox
{
    /// <summary>Whose it is.</summary>
    public required ContainerId Container { get; init; }

    /// <summary>The container's name.</summary>
    public required string ContainerName { get; init; }

    /// <summary>The container's host name.</summary>
    public required string Hostname { get; init; }

    /// <summary>A mount of the network namespace, for the OCI runtime.</summary>
    public required string NamespacePath { get; init; }

    /// <summary>Its connections.</summary>
    public IReadOnlyList<Endpoint> Endpoints { get; set; } = [];

    /// <summary>Ports that it says it serves, "80/tcp".</summary>
    public IReadOnlyList<string> ExposedPorts { get; set; } = [];

    /// <summary>Its published ports.</summary>
    public IReadOnlyList<PublishedPort> Ports { get; set; } = [];

    /// <summary>Resolvers that the container asked for; empty: the daemon's.</summary>
    public IReadOnlyList<string> DnsServers { get; set; } = [];

    /// <summary>Search domains that the container asked for.</summary>
    public IReadOnlyList<string> DnsSearch { get; set; } = [];

    /// <summary>Resolver options that the container asked for.</summary>
    public IReadOnlyList<string> DnsOptions { get; set; } = [];

    /// <summary>The endpoint with the IPv4 default route; published ports lead to its address. Null without one.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Endpoint? GatewayEndpoint => GatewayChoice.Of(Endpoints);

    /// <summary>The same for IPv6.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Endpoint? GatewayEndpoint6 => GatewayChoice.Of6(Endpoints);
}
