using Argosy.Build.Cache;
using Argosy.Core;

namespace Argosy.Engine.Builds.Caching;

/// <summary>An imported cache: what it knows, and the layers it has.</summary>
/// <param name="cache">Its results.</param>
/// <param name="layers">By diff id.</param>
/// <param name="connection">What the layers are fetched through.</param>
internal sealed class CacheSource(ImportedCache cache, IReadOnlyDictionary<Digest, PromisedLayer> layers, IDisposable? connection = null) : IDisposable
{
    private readonly HashSet<Digest> known = [.. cache.DiffIds];

    public ImportedCache Cache => cache;

    public IReadOnlyDictionary<Digest, PromisedLayer> Layers => layers;

    /// <summary>Whether its results speak of a layer, which it need not have.</summary>
    public bool Knows(Digest diffId) => known.Contains(diffId);

    public void Dispose() => connection?.Dispose();
}
