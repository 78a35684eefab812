namespace Argosy.Build.Execution;

/// <summary>A file that ADD has downloaded.</summary>
/// <param name="Name">The last part of the URL's path; empty when it has none.</param>
/// <param name="Path">Where it lies meanwhile.</param>
/// <param name="Digest">Of its content.</param>
/// <param name="Modified">The server's Last-Modified, or the epoch.</param>
internal sealed record FetchedFile(string Name, string Path, Core.Digest Digest, DateTimeOffset Modified);
