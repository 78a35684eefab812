using System.IO.Compression;
using Argosy.Images.Manifests;

namespace Argosy.Images.Content;

/// <summary>Unfolds a layer: gzip, zstd or plain, told by its first bytes, because media types lie.</summary>
internal static class Decompression
{
    /// <summary>The plain tar. Disposing it leaves the source open.</summary>
    internal static Stream Open(Stream source) => Open(source, out _);

    /// <summary>As <see cref="Open(Stream)"/>, and the layer's media type; null for bzip2 and xz, which layers do not have.</summary>
    internal static Stream Open(Stream source, out string? mediaType)
    {
        byte[] head = new byte[4];
        int read = source.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        mediaType = TypeOf(head);
        return Unfold(new PrefixedStream(head[..read], source), mediaType);
    }

    /// <summary>As <see cref="Open(Stream)"/>, without waiting on a thread; disposing it disposes the source.</summary>
    internal static async Task<Stream> OpenAsync(Stream source, CancellationToken cancellationToken)
    {
        byte[] head = new byte[4];
        int read = await source.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        return Unfold(new PrefixedStream(head[..read], source, leaveOpen: false), TypeOf(head));
    }

    private static Stream Unfold(PrefixedStream whole, string? mediaType) => mediaType switch
    {
        MediaTypes.OciLayerGzip => new GZipStream(whole, CompressionMode.Decompress),
        MediaTypes.OciLayerZstd => new ZstdSharp.DecompressionStream(whole, leaveOpen: false),
        _ => whole,
    };

    /// <summary>A layer's media type by its first bytes; null for bzip2 and xz.</summary>
    internal static string? TypeOf(ReadOnlySpan<byte> head) =>
        IsGzip(head) ? MediaTypes.OciLayerGzip : IsZstd(head) ? MediaTypes.OciLayerZstd
        : head.StartsWith("BZh"u8) || head.StartsWith((ReadOnlySpan<byte>)[0xfd, (byte)'7', (byte)'z', (byte)'X']) ? null : MediaTypes.OciLayer;

    private static bool IsGzip(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]);

    private static bool IsZstd(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xb5, 0x2f, 0xfd]);
}
