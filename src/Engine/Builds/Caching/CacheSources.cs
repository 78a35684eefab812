using Argosy.Build.Cache;
using Argosy.Core;

namespace Argosy.Engine.Builds.Caching;

/// <summary>The caches that one build imports, and what there is to say of those that it cannot.</summary>
internal sealed class CacheSources : IDisposable
{
    private readonly List<CacheSource> sources = [];
    private readonly List<string> warnings = [];

    // A cache may know results without having their layers (mode=min). They are taken at their word until a layer of theirs is really needed.
    private volatile bool trustsWords = true;

    public IReadOnlyList<ImportedCache> Caches => [.. sources.Select(source => source.Cache)];

    public IReadOnlyList<string> Warnings => warnings;

    public void Add(CacheSource source) => sources.Add(source);

    public void Warn(string text) => warnings.Add($"[Warning] {text}");

    /// <summary>Whether a build may go on as if it had this layer.</summary>
    public bool Promises(Digest diffId) => Find(diffId) is not null || (trustsWords && sources.Exists(source => !source.Cache.IsLost && source.Knows(diffId)));

    public CacheSource? Find(Digest diffId) => sources.Find(source => !source.Cache.IsLost && source.Layers.ContainsKey(diffId));

    /// <summary>From now on only results whose layers are to be had count.</summary>
    public void TrustNoWords() => trustsWords = false;

    public void Dispose() => sources.ForEach(source => source.Dispose());
}
