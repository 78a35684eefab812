namespace Argosy.Contract.Build;

/// <summary>The body of <c>POST /argosy/builds</c>.</summary>
public sealed record BuildSessionRequest
{
    /// <summary>Stages, by name or number, for which results of earlier builds are not used.</summary>
    public IReadOnlyList<string>? NoCacheStages { get; init; }

    /// <summary>Where the cache is exported to; one of type <c>local</c> is fetched when the build is done.</summary>
    public IReadOnlyList<BuildCacheTarget>? CacheTo { get; init; }
}
