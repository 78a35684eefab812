using Argosy.Core;

namespace Argosy.Images.Layers;

/// <summary>An unpacked layer.</summary>
public sealed record LayerRecord
{
    /// <summary>The layer on top of all below it; names the directory.</summary>
    public required Digest ChainId { get; init; }

    /// <summary>The digest of the uncompressed tar.</summary>
    public required Digest DiffId { get; init; }

    /// <summary>The chain id of what is below; null at the bottom.</summary>
    public Digest? Parent { get; init; }

    /// <summary>Bytes of file content.</summary>
    public required long Size { get; init; }

    /// <summary>True when the layer says what the root directory's owner and permissions are.</summary>
    public bool HasRoot { get; init; }
}
