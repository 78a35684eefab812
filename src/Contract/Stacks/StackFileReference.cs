namespace Argosy.Contract.Stacks;

/// <summary>A secret or config as one service sees it.</summary>
public sealed record StackFileReference
{
    /// <summary>The key of the stack's secret or config.</summary>
    public required string Source { get; init; }

    /// <summary>A file name below /run/secrets (secrets), or an absolute path.</summary>
    public string? Target { get; init; }
    public string? Uid { get; init; }
    public string? Gid { get; init; }
    public int? Mode { get; init; }
}
