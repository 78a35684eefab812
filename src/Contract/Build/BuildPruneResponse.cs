namespace Argosy.Contract.Build;

/// <summary>The answer to <c>POST /build/prune</c>.</summary>
public sealed record BuildPruneResponse
{
    public IReadOnlyList<string> CachesDeleted { get; set; } = [];

    public long SpaceReclaimed { get; init; }
}
