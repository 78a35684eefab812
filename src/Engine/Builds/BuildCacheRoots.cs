using Argosy.Build.Cache;
using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Images.Layers;

namespace Argosy.Engine.Builds;

/// <summary>Tells the collector which layers the build cache stands on.</summary>
internal sealed class BuildCacheRoots(BuildCache cache, LayerStore layers) : IGarbageRoots
{
    public IEnumerable<Digest> Referenced()
    {
        foreach (string chain in cache.LayersInUse)
        {
            Digest? at = Digest.Parse(chain);
            while (at is { } current && layers.TryGet(current, out LayerRecord? layer))
            {
                yield return layer.ChainId;
                // The blob of a layer that a build made is named by its diff id.
                yield return layer.DiffId;
                at = layer.Parent;
            }
        }
    }
}
