namespace Argosy.Contract.Stacks;

/// <summary>Options of a tmpfs mount: bytes and octal mode bits.</summary>
public sealed record StackMountTmpfs
{
    public long? Size { get; init; }
    public int? Mode { get; init; }
}
