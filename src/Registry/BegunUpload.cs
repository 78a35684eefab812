namespace Argosy.Registry;

/// <summary>An upload that the registry has begun.</summary>
/// <param name="Location">Where it awaits the blob's bytes.</param>
/// <param name="LeastChunk">Bytes that a chunk must have unless it is the last; 0 when the registry does not say.</param>
public sealed record BegunUpload(Uri Location, long LeastChunk);
