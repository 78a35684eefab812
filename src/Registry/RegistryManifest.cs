using Argosy.Core;

namespace Argosy.Registry;

/// <summary>A manifest or index as a registry gave it.</summary>
/// <param name="MediaType">What the registry says it is.</param>
/// <param name="Digest">Computed from the content, and compared with what was asked for.</param>
/// <param name="Content">The very bytes.</param>
public sealed record RegistryManifest(string MediaType, Digest Digest, byte[] Content);
