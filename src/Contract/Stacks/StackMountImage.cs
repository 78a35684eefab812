namespace Argosy.Contract.Stacks;

/// <summary>Options of an image mount.</summary>
public sealed record StackMountImage
{
    public string? Subpath { get; init; }
}
