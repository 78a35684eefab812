using Argosy.Images.Checks;

namespace Argosy.Engine.Checks;

/// <summary>What a look at all of the data root has shown. Bytes are sums of file sizes, a file with several links counted once; what is mounted does not count.</summary>
public sealed record DataRootReport
{
    /// <summary>Volumes.</summary>
    public required int Volumes { get; init; }

    /// <summary>Bytes of all volumes.</summary>
    public required long VolumeBytes { get; init; }

    /// <summary>Cache mounts of builds.</summary>
    public required int BuildMounts { get; init; }

    /// <summary>Bytes of all cache mounts.</summary>
    public required long BuildMountBytes { get; init; }

    /// <summary>Bytes of all containers: what they wrote, their logs and files.</summary>
    public required long ContainerBytes { get; init; }

    /// <summary>Bytes of the image stores: blobs, layers, the layout's documents, what is being written and deleted.</summary>
    public required long ImageBytes { get; init; }

    /// <summary>Bytes of the database, contexts of running builds, deployed applications' files.</summary>
    public required long OtherBytes { get; init; }

    /// <summary>Bytes of what lies in the data root and is nothing of ours; each of it is a fault.</summary>
    public required long UnknownBytes { get; init; }

    /// <summary>Bytes of all files below the data root.</summary>
    public long DiskBytes => VolumeBytes + BuildMountBytes + ContainerBytes + ImageBytes + OtherBytes + UnknownBytes;

    /// <summary>What is wrong.</summary>
    public required IReadOnlyList<Fault> Faults { get; init; }
}
