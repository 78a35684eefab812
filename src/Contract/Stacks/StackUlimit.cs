namespace Argosy.Contract.Stacks;

/// <summary>A soft and a hard limit; -1 is none.</summary>
public sealed record StackUlimit
{
    public required long Soft { get; init; }
    public required long Hard { get; init; }
}
