using Argosy.Core;

namespace Argosy.Networks;

/// <summary>What a container's network is to be.</summary>
public sealed record SandboxSpec
{
    /// <summary>Whose it is.</summary>
    public required ContainerId Container { get; init; }

    /// <summary>The container's name, without a slash; other containers resolve it.</summary>
    public required string ContainerName { get; init; }

    /// <summary>The container's host name; it resolves where it differs from the short id.</summary>
    public required string Hostname { get; init; }

    /// <summary>Networks to connect to; empty: loopback only.</summary>
    public IReadOnlyList<EndpointSpec> Endpoints { get; init; } = [];

    /// <summary>Ports that the container says it serves, "80/tcp": what SRV questions are answered with.</summary>
    public IReadOnlyList<string> ExposedPorts { get; init; } = [];

    /// <summary>Ports to publish on the host.</summary>
    public IReadOnlyList<PortBindingSpec> Ports { get; init; } = [];

    /// <summary>Resolvers for what is no container's name; empty: the daemon's, else the host's.</summary>
    public IReadOnlyList<string> DnsServers { get; init; } = [];

    /// <summary>Search domains; empty: as above.</summary>
    public IReadOnlyList<string> DnsSearch { get; init; } = [];

    /// <summary>Resolver options; empty: as above.</summary>
    public IReadOnlyList<string> DnsOptions { get; init; } = [];
}
