namespace Argosy.Linux.Files;

/// <summary>What statx(2) tells of a file.</summary>
public readonly record struct FileStatus(
    FileType Type, int Permissions, uint UserId, uint GroupId, long Size, long Blocks, FileTime Modified, FileTime Changed,
    ulong Inode, uint Links, (uint Major, uint Minor) Device, (uint Major, uint Minor) SpecialDevice)
{
    /// <summary>True for a directory.</summary>
    public bool IsDirectory => Type == FileType.Directory;

    /// <summary>True for overlay's whiteout: a character device 0:0.</summary>
    public bool IsWhiteout => Type == FileType.CharacterDevice && SpecialDevice == (0u, 0u);

    /// <summary>Bytes on disk.</summary>
    public long Allocated => Blocks * 512;
}
