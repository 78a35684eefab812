namespace Argosy.Contract.Images;

/// <summary>What a manifest costs here, in bytes.</summary>
public sealed record ImageManifestSize
{
    /// <summary>Blobs and unpacked files.</summary>
    public long Total { get; init; }

    /// <summary>Blobs alone.</summary>
    public long Content { get; init; }
}
