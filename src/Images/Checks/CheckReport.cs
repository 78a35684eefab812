namespace Argosy.Images.Checks;

/// <summary>What a check of the stores has found. Bytes are sums of file sizes, a file with several links counted once.</summary>
public sealed record CheckReport
{
    /// <summary>Blobs looked at.</summary>
    public required int Blobs { get; init; }

    /// <summary>Bytes of all blobs.</summary>
    public required long BlobBytes { get; init; }

    /// <summary>Layers looked at.</summary>
    public required int Layers { get; init; }

    /// <summary>Layers that were compared, file by file, with what their blobs unpack to.</summary>
    public required int ComparedLayers { get; init; }

    /// <summary>Bytes of all unpacked layers.</summary>
    public required long LayerBytes { get; init; }

    /// <summary>Images looked at.</summary>
    public required int Images { get; init; }

    /// <summary>Writable trees looked at.</summary>
    public required int Snapshots { get; init; }

    /// <summary>Bytes of blobs and layers that nothing names: the next collection removes them.</summary>
    public required long UnreferencedBytes { get; init; }

    /// <summary>What is wrong, blobs first.</summary>
    public required IReadOnlyList<Fault> Faults { get; init; }
}
