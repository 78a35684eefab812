using System.Security.Cryptography;
using Argosy.Core;
using Argosy.Images.Layers;
using Argosy.Images.Manifests;
using Argosy.Linux.Compression;
using Argosy.Store;

namespace Argosy.Images.Content;

/// <summary>
/// Layers that were made here are kept as plain tars and compressed on their way to a registry. What came out is remembered,
/// so that the next push can ask the registry for it before compressing again.
/// </summary>
public sealed class CompressedBlobs(ContentStore content, StateStore state) : IDisposable
{
    private readonly BlockGzip gzip = new(GzipMember.IsAvailable);
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
        await using (FileStream source = content.OpenRead(layer.Digest))
            await gzip.CompressAsync(source, counted, progress, cancellationToken);
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

    /// <inheritdoc/>
    public void Dispose() => gzip.Dispose();

    /// <summary>Forgets what blobs became that are gone.</summary>
    internal Task ForgetAsync(Predicate<Digest> isGone) => state.CommitAsync(
        [.. records.Entries.Where(entry => Digest.TryParse("sha256:" + entry.Key, out Digest digest) && isGone(digest)).Select(entry => records.Delete(entry.Key))]);
}
