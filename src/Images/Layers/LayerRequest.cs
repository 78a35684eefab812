using Argosy.Core;
using Argosy.Images.Manifests;

namespace Argosy.Images.Layers;

/// <summary>A layer that is wanted here, blob and unpacked.</summary>
public sealed record LayerRequest
{
    /// <summary>The blob as the manifest names it; its size may be -1, which is unknown.</summary>
    public required Descriptor Blob { get; init; }

    /// <summary>The digest of the uncompressed tar, from the image's configuration.</summary>
    public required Digest DiffId { get; init; }

    /// <summary>The chain id of what is below; null at the bottom.</summary>
    public required Digest? Parent { get; init; }

    /// <summary>Opens the blob where it is to be had; null when it must be in the content store already.</summary>
    public Func<CancellationToken, Task<Stream>>? Fetch { get; init; }

    /// <summary>The layer's chain id.</summary>
    public Digest ChainId => Manifests.ChainId.Of(Parent, DiffId);
}
