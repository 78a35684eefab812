namespace Argosy.Contract.Stacks;

/// <summary>Address management of a network.</summary>
public sealed record StackIpam
{
    public string? Driver { get; init; }
    public IReadOnlyList<StackIpamPool> Config { get; init; } = [];
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();
}
