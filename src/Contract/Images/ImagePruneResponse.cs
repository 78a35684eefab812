namespace Argosy.Contract.Images;

/// <summary>The answer of <c>POST /images/prune</c>.</summary>
public sealed record ImagePruneResponse
{
    public IReadOnlyList<ImageDeleteItem>? ImagesDeleted { get; init; }

    public ulong SpaceReclaimed { get; init; }
}
