namespace Argosy.Linux.Files;

/// <summary>One name in a directory; the type is <see cref="FileType.None"/> where the file system does not tell.</summary>
internal readonly record struct DirectoryEntry(UnixPath Name, FileType Type);
