namespace Argosy.Contract.Stacks;

/// <summary>A named volume of the stack.</summary>
public sealed record StackVolume
{
    /// <summary>The engine's name for it; the key in the stack is the compose file's.</summary>
    public required string Name { get; init; }
    public string? Driver { get; init; }
    public IReadOnlyDictionary<string, string> DriverOpts { get; set; } = new Dictionary<string, string>();
    public bool? External { get; init; }
    public IReadOnlyDictionary<string, string> Labels { get; set; } = new Dictionary<string, string>();
}
