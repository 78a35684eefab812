using System.IO.Compression;

namespace Argosy.Images.Content;

/// <summary>Unfolds a layer: gzip, zstd or plain, told by its first bytes, because media types lie.</summary>
internal static class Decompression
{
    /// <summary>The plain tar. Disposing it leaves the source open.</summary>
    internal static Stream Open(Stream source)
    {
        byte[] head = new byte[4];
        int read = source.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var whole = new PrefixedStream(head[..read], source);
        return head switch
        {
            [0x1f, 0x8b, ..] => new GZipStream(whole, CompressionMode.Decompress),
            [0x28, 0xb5, 0x2f, 0xfd] => new ZstdSharp.DecompressionStream(whole),
            _ => whole,
        };
    }
}
