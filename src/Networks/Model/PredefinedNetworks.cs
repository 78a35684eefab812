namespace Argosy.Networks;

/// <summary>The networks that always exist.</summary>
public static class PredefinedNetworks
{
    /// <summary>Where containers are that name no network.</summary>
    public const string Bridge = "bridge";

    /// <summary>The host's own network namespace.</summary>
    public const string Host = "host";

    /// <summary>Loopback only.</summary>
    public const string None = "none";
}
