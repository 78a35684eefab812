namespace Argosy.Contract.System;

/// <summary>What a check of the image stores has found (<c>POST /argosy/system/fsck</c>). Bytes are sums of file sizes.</summary>
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

    public IReadOnlyList<StoreFault> Faults { get; set; } = [];
}
