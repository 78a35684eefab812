namespace Argosy.Linux.Archives;

/// <summary>How an archive becomes a tree.</summary>
public sealed record ExtractOptions
{
    /// <summary>Paths through symbolic links.</summary>
    public LinkPolicy Links { get; init; }

    /// <summary>True: <c>.wh.</c> files become overlay's whiteouts and opaque directories, and the archive may not bring overlay's own attributes.</summary>
    public bool Whiteouts { get; init; }

    /// <summary>True: <c>.wh.</c> files are left out; what they delete has been dealt with (<see cref="LayerDeletions"/>).</summary>
    public bool SkipWhiteouts { get; init; }

    /// <summary>Gives everything this owner instead of the archive's.</summary>
    public (uint User, uint Group)? Owner { get; init; }

    /// <summary>True: a directory never gives way to something else, nor the other way round; the entry is refused (the API's noOverwriteDirNonDir).</summary>
    public bool KeepDirectories { get; init; }

    /// <summary>The most content, in bytes, that the archive may unfold to.</summary>
    public long MaximumBytes { get; init; } = long.MaxValue;

    /// <summary>The most entries that the archive may have.</summary>
    public long MaximumEntries { get; init; } = long.MaxValue;

    /// <summary>True: an extended attribute that the file system cannot have is a failure; false: it is passed over, as dockerd does.</summary>
    public bool RequireAttributes { get; init; }

    /// <summary>Leave the directory that is extracted into as it is, whatever the archive's own entry for it says; Docker's ADD does.</summary>
    public bool KeepRoot { get; init; }
}
