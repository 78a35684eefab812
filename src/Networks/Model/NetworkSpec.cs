namespace Argosy.Networks;

/// <summary>A wanted network.</summary>
public sealed record NetworkSpec
{
    /// <summary>Its name, unique.</summary>
    public required string Name { get; init; }

    /// <summary>"bridge", "macvlan" or "ipvlan"; empty: bridge. Others are refused by name.</summary>
    public string Driver { get; init; } = "";

    /// <summary>No way out of it and none in.</summary>
    public bool Internal { get; init; }

    /// <summary>Its containers have an IPv6 address beside their IPv4 one.</summary>
    public bool EnableIPv6 { get; init; }

    /// <summary>Its containers have an IPv4 address; off only with <see cref="EnableIPv6"/>.</summary>
    public bool EnableIPv4 { get; init; } = true;

    /// <summary>Kept and shown; it means something in a swarm only.</summary>
    public bool Attachable { get; init; }

    /// <summary>User's labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Driver options, Docker's keys; see <see cref="BridgeOptions"/>.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>"default"; empty: the same.</summary>
    public string IpamDriver { get; init; } = "";

    /// <summary>Options of the address management; shown, none is known.</summary>
    public IReadOnlyDictionary<string, string> IpamOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>It only holds settings for others; see <see cref="ConfigurationNetworks"/>.</summary>
    public bool ConfigOnly { get; init; }

    /// <summary>The name of the configuration network that it takes its settings from; empty: none.</summary>
    public string ConfigFrom { get; init; } = "";

    /// <summary>A scope was given; "local" is the only one there is.</summary>
    public bool HasScope { get; init; }

    /// <summary>Wanted subnets; empty: one of the default pools.</summary>
    public IReadOnlyList<SubnetSpec> Subnets { get; init; } = [];
}
