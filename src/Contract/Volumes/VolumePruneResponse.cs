namespace Argosy.Contract.Volumes;

/// <summary>The answer of <c>POST /volumes/prune</c>.</summary>
public sealed record VolumePruneResponse
{
    public IReadOnlyList<string>? VolumesDeleted { get; init; }

    public long SpaceReclaimed { get; init; }
}
