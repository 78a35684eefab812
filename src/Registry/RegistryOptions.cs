namespace Argosy.Registry;

/// <summary>How registries are reached.</summary>
public sealed record RegistryOptions
{
    /// <summary>Hosts (<c>host</c>, <c>host:port</c>) or CIDR blocks to be reached without verified TLS. Loopback addresses always are.</summary>
    public IReadOnlyList<string> InsecureRegistries { get; init; } = [];

    /// <summary>What the client calls itself.</summary>
    public string UserAgent { get; init; } = "argosy";

    /// <summary>How often a request or a broken download is tried again without getting further.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>A download that brings nothing for so long is broken.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
