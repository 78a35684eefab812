using Argosy.Core;

namespace Argosy.Build;

/// <summary>A layer that a step made.</summary>
/// <param name="DiffId">Digest of its uncompressed archive.</param>
/// <param name="Size">Bytes of content.</param>
public sealed record BuiltLayer(Digest DiffId, long Size);
