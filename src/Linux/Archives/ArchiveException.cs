namespace Argosy.Linux.Archives;

/// <summary>An archive that is damaged, or that asks for something it must not have. The message names the entry.</summary>
public sealed class ArchiveException(string message, Exception? inner = null) : IOException(message, inner);
