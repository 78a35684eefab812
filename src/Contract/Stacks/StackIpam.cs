namespace Argosy.Contract.Stacks;

/// <summary>Address management of a network.</summary>
public sealed record StackIpam
{
    public string? Driver { get; init; }
    public IReadOnlyList<StackIpamPool> Config { get; set; } = [];
    public IReadOnlyDictionary<string, string> Options { get; set; } = new Dictionary<string, string>();
}
