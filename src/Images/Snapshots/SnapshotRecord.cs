using Argosy.Core;

namespace Argosy.Images.Snapshots;

/// <summary>A writable tree on top of an image's layers; keeps those layers alive.</summary>
public sealed record SnapshotRecord
{
    /// <summary>A container's id, or a build step's.</summary>
    public required string Key { get; init; }

    /// <summary>Bottom first.</summary>
    public required IReadOnlyList<Digest> ChainIds { get; init; }
}
