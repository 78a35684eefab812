using System.IO.Compression;
using System.Security.Cryptography;
using Argosy.Core;
using Argosy.Images.Layers;
using Argosy.Images.Manifests;
using Argosy.Store;

namespace Argosy.Images.Content;

/// <summary>
/// Layers that were made here are kept as plain tars and compressed on their way to a registry. What came out is remembered,
/// so that the next push can ask the registry for it before compressing again.
/// </summary>
public sealed class CompressedBlobs(ContentStore content, StateStore state)
{
    /// <summary>zlib's level: on two cores 3 takes less than half the time of 6 (gzip's own) and gives a few hundredths more bytes.</summary>
    private static readonly ZLibCompressionOptions Compression = new() { CompressionLevel = 3 };

    private readonly Collection<CompressedBlob> records = state.Collection("compressed-blob", LayerJson.Default.CompressedBlob);

    /// <summary>What this uncompressed blob became before; null when it never was compressed.</summary>
    public Descriptor? Find(Digest uncompressed) => records.TryGet(uncompressed.Hex, out CompressedBlob? known) ? known.Blob : null;

    /// <summary>Writes the blob, compressed with gzip, and remembers its digest.</summary>
    /// <param name="layer">The uncompressed blob.</param>
    /// <param name="target">Where to.</param>
    /// <param name="progress">Told the uncompressed bytes done.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Descriptor> CompressAsync(Descriptor layer, Stream target, Action<long> progress, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var counted = new HashingWriteStream(target, hash);
        await using (var gzip = new GZipStream(counted, Compression, leaveOpen: true))
        {
            await using FileStream source = content.OpenRead(layer.Digest);
            byte[] buffer = new byte[128 * 1024];
            for (int read; (read = await source.ReadAsync(buffer, cancellationToken)) > 0; progress(source.Position))
                await gzip.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        await counted.FlushAsync(cancellationToken);
        var compressed = new Descriptor
        {
            MediaType = layer.MediaType == MediaTypes.DockerLayer ? MediaTypes.DockerLayerGzip : MediaTypes.OciLayerGzip,
            Digest = Digest.FromHash(hash.GetHashAndReset()),
            Size = counted.Count,
        };
        await records.PutAsync(layer.Digest.Hex, new CompressedBlob(compressed));
        return compressed;
    }

    /// <summary>Forgets what blobs became that are gone.</summary>
    internal Task ForgetAsync(Predicate<Digest> isGone) => state.CommitAsync(
        [.. records.Entries.Where(entry => Digest.TryParse("sha256:" + entry.Key, out Digest digest) && isGone(digest)).Select(entry => records.Delete(entry.Key))]);
}
