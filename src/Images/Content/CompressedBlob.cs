using Argosy.Images.Manifests;

namespace Argosy.Images.Content;

/// <summary>What an uncompressed layer became when it was compressed for a registry; the compressed bytes are not kept.</summary>
public sealed record CompressedBlob(Descriptor Blob);
