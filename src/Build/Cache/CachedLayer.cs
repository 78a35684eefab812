using Argosy.Core;

namespace Argosy.Build.Cache;

/// <summary>A layer that comes with a cache.</summary>
/// <param name="DiffId">Digest of its uncompressed archive.</param>
/// <param name="Size">The uncompressed archive's bytes.</param>
public sealed record CachedLayer(Digest DiffId, long Size);
