using Argosy.Images.Manifests;

namespace Argosy.Engine.Builds.Caching;

/// <summary>A layer that a cache has and that is fetched when a build needs it.</summary>
/// <param name="Blob">As the cache has it.</param>
/// <param name="Size">Bytes of the plain archive; null when they are unknown.</param>
/// <param name="Open">Opens the blob.</param>
internal sealed record PromisedLayer(Descriptor Blob, long? Size, Func<CancellationToken, Task<Stream>> Open);
