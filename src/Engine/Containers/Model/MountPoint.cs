namespace Argosy.Engine.Containers.Model;

/// <summary>A mount of a container, as resolved at its creation (Engine API, MountPoint).</summary>
public sealed record MountPoint
{
    /// <summary>bind, volume, tmpfs or image.</summary>
    public required MountKind Kind { get; init; }

    /// <summary>The volume's name; empty for other kinds.</summary>
    public string Name { get; set; } = "";

    /// <summary>The host path of a bind, or an image's name; empty for other kinds (a volume's path is asked of the volume at each start).</summary>
    public string Source { get; set; } = "";

    /// <summary>Absolute path inside the container.</summary>
    public required string Destination { get; init; }

    /// <summary>Read-only.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>The volume was made for this container alone and goes with it (rm -v, --rm).</summary>
    public bool Anonymous { get; init; }

    /// <summary>Do not fill a new volume from the image.</summary>
    public bool NoCopy { get; init; }

    /// <summary>The chain ids of an image's layers, bottom first; empty for other kinds.</summary>
    public IReadOnlyList<string> Layers { get; set; } = [];

    /// <summary>A path below the volume's or the image's root; empty for the root.</summary>
    public string SubPath { get; set; } = "";

    /// <summary>Bind propagation, such as rprivate.</summary>
    public string Propagation { get; set; } = "";

    /// <summary>A bind of one file system, without what is mounted below it.</summary>
    public bool NonRecursive { get; init; }

    /// <summary>Read-only does not hold for what is mounted below it.</summary>
    public bool ReadOnlyNonRecursive { get; init; }

    /// <summary>Read-only holds for what is mounted below it, or the container does not start.</summary>
    public bool ReadOnlyForceRecursive { get; init; }

    /// <summary>A bind's source is made when it is missing (-v does, --mount does not).</summary>
    public bool CreateSource { get; init; }

    /// <summary>Mount options of a tmpfs: size=…, mode=…</summary>
    public IReadOnlyList<string> TmpfsOptions { get; set; } = [];

    /// <summary>The mode as the user wrote it (z, ro, …), for inspect.</summary>
    public string Mode { get; set; } = "";
}
