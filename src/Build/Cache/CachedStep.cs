using Argosy.Core;

namespace Argosy.Build.Cache;

/// <summary>What a step made, as one engine tells another.</summary>
/// <param name="Key">The digest over all that decides the result, in hexadecimal digits.</param>
/// <param name="Parent">The layers that it stands on, as a chain id; empty on scratch.</param>
/// <param name="DiffId">The layer that it made; null when it changed nothing.</param>
/// <param name="Description">What the history says of it.</param>
/// <param name="Created">When the step ran.</param>
/// <param name="Size">Bytes of content.</param>
public sealed record CachedStep(string Key, string Parent, Digest? DiffId, string Description, DateTimeOffset Created, long Size);
