using Argosy.Linux.Files;

namespace Argosy.Engine.Archives;

/// <summary>What is at a path in a container or volume.</summary>
/// <param name="Name">The path's last component.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Permissions">Permission, setuid, setgid and sticky bits.</param>
/// <param name="LinkTarget">Of a symbolic link; empty otherwise.</param>
public sealed record PathStatus(string Name, long Size, FileType Type, int Permissions, DateTimeOffset Modified, string LinkTarget);
