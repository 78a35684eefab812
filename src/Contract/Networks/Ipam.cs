namespace Argosy.Contract.Networks;

/// <summary>A network's address management.</summary>
public sealed record Ipam
{
    public string Driver { get; set; } = "";

    public IReadOnlyDictionary<string, string>? Options { get; init; }

    public IReadOnlyList<IpamConfig>? Config { get; init; }
}
