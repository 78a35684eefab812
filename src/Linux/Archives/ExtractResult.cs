namespace Argosy.Linux.Archives;

/// <summary>What an extraction made.</summary>
/// <param name="Entries">Entries read.</param>
/// <param name="Bytes">The sum of the files' sizes, holes included, a file with several links counted once.</param>
/// <param name="HasRoot">True when the archive describes the root directory itself.</param>
public sealed record ExtractResult(long Entries, long Bytes, bool HasRoot);
