namespace Argosy.Contract.System;

/// <summary>What a check of the data root has found (<c>POST /argosy/system/fsck</c>). Bytes are sums of file sizes.</summary>
public sealed record StoreCheckReport
{
    public int Blobs { get; init; }

    public long BlobBytes { get; init; }

    public int Layers { get; init; }

    /// <summary>Layers whose files were compared, one by one, with what their blobs unpack to.</summary>
    public int ComparedLayers { get; init; }

    public long LayerBytes { get; init; }

    public int Images { get; init; }

    /// <summary>Writable trees of containers.</summary>
    public int Snapshots { get; init; }

    /// <summary>Bytes that nothing names and the next collection removes.</summary>
    public long UnreferencedBytes { get; init; }

    public int Volumes { get; init; }

    public long VolumeBytes { get; init; }

    /// <summary>Cache mounts of builds (<c>RUN --mount=type=cache</c>).</summary>
    public int BuildMounts { get; init; }

    public long BuildMountBytes { get; init; }

    /// <summary>What containers wrote, their logs and files.</summary>
    public long ContainerBytes { get; init; }

    /// <summary>Blobs, layers, and what else the image stores keep.</summary>
    public long ImageBytes { get; init; }

    /// <summary>The database, contexts of running builds, deployed applications' files.</summary>
    public long OtherBytes { get; init; }

    /// <summary>What lies in the data root and is nothing of ours; each of it is a fault.</summary>
    public long UnknownBytes { get; init; }

    /// <summary>All files below the data root: the sums of volumes, cache mounts, containers, images, others and unknown together. What is mounted there does not count.</summary>
    public long DiskBytes { get; init; }

    public IReadOnlyList<StoreFault> Faults { get; set; } = [];
}
