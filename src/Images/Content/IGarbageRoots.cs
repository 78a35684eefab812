using Argosy.Core;

namespace Argosy.Images.Content;

/// <summary>Someone whose records keep blobs and layers alive: images, snapshots, the build cache.</summary>
public interface IGarbageRoots
{
    /// <summary>Blobs (by digest) and layers (by chain id; a chain id does not keep its parents, name them too) in use.</summary>
    IEnumerable<Digest> Referenced();
}
