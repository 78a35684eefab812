namespace Argosy.Linux.Archives;

/// <summary>What was packed.</summary>
/// <param name="Entries">Entries written.</param>
/// <param name="Bytes">Bytes of file content.</param>
public sealed record PackResult(long Entries, long Bytes);
