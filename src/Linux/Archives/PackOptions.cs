namespace Argosy.Linux.Archives;

/// <summary>How a tree becomes an archive.</summary>
public sealed record PackOptions
{
    /// <summary>True: overlay's whiteouts and opaque directories become <c>.wh.</c> files, and overlay's own attributes are left out.</summary>
    public bool Whiteouts { get; init; }

    /// <summary>True: the tree's root is an entry itself (<c>./</c>, or the given name).</summary>
    public bool IncludeRoot { get; init; }

    /// <summary>True: holes are packed as zeros. Where a file has holes is the file system's affair, and the same files must give the same bytes everywhere.</summary>
    public bool FillHoles { get; init; }

    /// <summary>Gives everything this owner instead of the tree's.</summary>
    public (uint User, uint Group)? Owner { get; init; }

    /// <summary>True: times are cut to seconds, which a plain header holds: readers that know no extended headers have nothing to stumble over.</summary>
    public bool WholeSeconds { get; init; }
}
