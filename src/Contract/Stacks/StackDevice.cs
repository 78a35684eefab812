namespace Argosy.Contract.Stacks;

/// <summary>A host device and what the container may do with it (<c>rwm</c>).</summary>
public sealed record StackDevice
{
    public required string Source { get; init; }
    public string? Target { get; init; }
    public string? Permissions { get; init; }
}
