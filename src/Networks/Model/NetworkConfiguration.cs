namespace Argosy.Networks;

/// <summary>What a configuration network holds beside labels and options, as its user wrote it.</summary>
public sealed record NetworkConfiguration
{
    /// <summary>Networks made from it have IPv4.</summary>
    public bool EnableIPv4 { get; init; } = true;

    /// <summary>Networks made from it have IPv6.</summary>
    public bool EnableIPv6 { get; init; }

    /// <summary>Their subnets.</summary>
    public IReadOnlyList<SubnetSpec> Subnets { get; init; } = [];
}
