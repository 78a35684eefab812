using Argosy.Build;
using Argosy.Core;
using Argosy.Images.Layers;

namespace Argosy.Engine.Builds.Caching;

/// <summary>Fetches promised layers when they are needed.</summary>
internal sealed class PromisedLayers(CacheSources sources, LayerStore layers)
{
    public bool Has(Digest diffId) => sources.Promises(diffId);

    /// <summary>Fetches one. What it is laid on need not be here yet.</summary>
    /// <exception cref="LayersLostException">It cannot be had, or is not what it should be.</exception>
    public async Task FetchAsync(Digest diffId, Digest? parent, CancellationToken cancellationToken)
    {
        if (sources.Find(diffId) is not { } source)
        {
            sources.TrustNoWords();
            throw new LayersLostException("a stage is needed whose layers no imported cache has");
        }
        PromisedLayer promise = source.Layers[diffId];
        try
        {
            await layers.AddPlainAsync(diffId, parent, promise.Size, promise.Open, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            source.Cache.IsLost = true;
            throw new LayersLostException($"[Warning] {source.Cache.Name}: layer {promise.Blob.Digest} cannot be used: {exception.Message}");
        }
    }
}
