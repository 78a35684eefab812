namespace Argosy.Contract.Stacks;

/// <summary>Log driver and its options.</summary>
public sealed record StackLogging
{
    public string? Driver { get; init; }
    public IReadOnlyDictionary<string, string> Options { get; set; } = new Dictionary<string, string>();
}
