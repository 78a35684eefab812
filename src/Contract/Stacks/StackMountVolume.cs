namespace Argosy.Contract.Stacks;

/// <summary>Options of a volume mount.</summary>
public sealed record StackMountVolume
{
    public bool? Nocopy { get; init; }
    public string? Subpath { get; init; }
    public IReadOnlyDictionary<string, string> Labels { get; set; } = new Dictionary<string, string>();
}
