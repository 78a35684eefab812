namespace Argosy.Contract.Stacks;

/// <summary>Options of a bind mount.</summary>
public sealed record StackMountBind
{
    public string? Propagation { get; init; }
    public bool? CreateHostPath { get; init; }
}
