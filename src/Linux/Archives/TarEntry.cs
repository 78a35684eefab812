using Argosy.Linux.Files;

namespace Argosy.Linux.Archives;

/// <summary>One file of an archive, without its content.</summary>
public sealed record TarEntry
{
    /// <summary>The name as it stands in the archive.</summary>
    public required UnixPath Path { get; init; }

    /// <summary>What it is; a hard link has the type of the file it names, as far as the archive tells.</summary>
    public required FileType Type { get; init; }

    /// <summary>Permission, setuid, setgid and sticky bits.</summary>
    public int Permissions { get; init; }

    /// <summary>Owner.</summary>
    public long UserId { get; init; }

    /// <summary>Group.</summary>
    public long GroupId { get; init; }

    /// <summary>Length of the content in bytes, holes included.</summary>
    public long Size { get; init; }

    /// <summary>Time of the last modification.</summary>
    public FileTime Modified { get; init; }

    /// <summary>A device's numbers.</summary>
    public (uint Major, uint Minor) Device { get; init; }

    /// <summary>Where a symbolic link points; the archive's name of the file that a hard link is another name of.</summary>
    public UnixPath? LinkTarget { get; init; }

    /// <summary>True when the entry is another name of <see cref="LinkTarget"/>.</summary>
    public bool IsHardLink { get; init; }

    /// <summary>Extended attributes with their binary values.</summary>
    public IReadOnlyList<ExtendedAttribute> Attributes { get; init; } = [];

    /// <summary>When writing: the stretches with data, null for a file without holes.</summary>
    public IReadOnlyList<DataExtent>? Extents { get; init; }
}
