namespace Argosy.Engine.Archives;

/// <summary>How an archive is put into a container or volume.</summary>
/// <param name="KeepDirectories">A directory is not replaced by something else, nor the other way round (noOverwriteDirNonDir).</param>
/// <param name="OwnedByUser">Everything belongs to the container's user, and not to whom the archive says (copyUIDGID); without a user the archive decides.</param>
public readonly record struct ArchiveWrite(bool KeepDirectories, bool OwnedByUser);
