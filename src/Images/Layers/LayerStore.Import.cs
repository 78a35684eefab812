using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Images.Manifests;
using Argosy.Linux.Archives;
using Argosy.Linux.Files;

namespace Argosy.Images.Layers;

/// <content>A file system that comes as an archive without digests (<c>docker import</c>).</content>
public sealed partial class LayerStore
{
    /// <summary>
    /// Makes a bottom layer of an archive: plain, gzip and zstd archives are kept as they came, others (bzip2, xz) are packed anew.
    /// </summary>
    /// <param name="source">The archive.</param>
    /// <param name="lease">Holds blob and layer until a record names them.</param>
    /// <param name="progress">Told the bytes read so far.</param>
    /// <param name="cancellationToken">Before the layer is committed.</param>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> when the archive is damaged or hostile.</exception>
    public async Task<CommittedLayer> ImportAsync(Stream source, Leases.Lease lease, Action<long>? progress, CancellationToken cancellationToken)
    {
        string directory = BeginUnfinished();
        string files = Directory.CreateDirectory(Path.Combine(directory, "fs")).FullName;
        try
        {
            CommittedLayer imported = await UnpackImportAsync(source, files, lease, progress, cancellationToken);
            using IDisposable chain = await chainLocks.AcquireAsync(imported.Layer.ChainId, cancellationToken);
            lease.Add(imported.Layer.ChainId);
            if (!TryGet(imported.Layer.ChainId, out LayerRecord? existing))
                await CommitDirectoryAsync(imported.Layer, directory);
            else
                imported = imported with { Layer = existing };
            return imported;
        }
        finally
        {
            EndUnfinished(directory);
        }
    }

    private async Task<CommittedLayer> UnpackImportAsync(Stream source, string files, Leases.Lease lease, Action<long>? progress, CancellationToken cancellationToken)
    {
        using BlobIngest ingest = content.Begin();
        using Stream follower = ingest.OpenFollower();
        Task<Digest> transfer = ReceiveAsync(source, ingest, lease, progress, cancellationToken);
        Task<ImportedTree> unpack = BlockingStream.RunAsync(() => UnpackUnknown(follower, files, cancellationToken), cancellationToken);
        try
        {
            await Task.WhenAll(transfer, unpack);
        }
        catch when (transfer.IsFaulted)
        {
            await transfer;
        }
        ImportedTree tree = await unpack;
        if (tree.MediaType is null)
            return await PackAsync(files, null, lease, null, cancellationToken);
        var layer = new LayerRecord { ChainId = tree.DiffId, DiffId = tree.DiffId, Size = tree.Result.Bytes, HasRoot = tree.Result.HasRoot };
        return new CommittedLayer(layer, new Descriptor { MediaType = tree.MediaType, Digest = await transfer, Size = ingest.Length });
    }

    private static async Task<Digest> ReceiveAsync(Stream source, BlobIngest ingest, Leases.Lease lease, Action<long>? progress, CancellationToken cancellationToken)
    {
        try
        {
            await ingest.WriteAsync(source, progress, cancellationToken);
            return ingest.Commit(lease.Add);
        }
        catch (Exception exception)
        {
            ingest.Fail(exception);
            throw;
        }
    }

    private ImportedTree UnpackUnknown(Stream source, string files, CancellationToken cancellationToken)
    {
        try
        {
            using Stream tar = Decompression.Open(source, out string? mediaType);
            using var hashed = new HashingStream(tar, limits.MaximumTarBytes);
            using var reader = new TarReader(hashed, decompress: mediaType is null);
            ExtractResult result = TarExtractor.Extract(reader, files, extraction, cancellationToken);
            return new ImportedTree(hashed.Finish(), mediaType, result);
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw new EngineException(ErrorKind.InvalidArgument, exception.Message, exception);
        }
    }

    /// <summary>The media type is null for a compression that layers do not have; then the digest is not the layer's.</summary>
    private sealed record ImportedTree(Digest DiffId, string? MediaType, ExtractResult Result);
}
