using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Images.Manifests;
using Argosy.Linux.Archives;
using Argosy.Linux.Files;

namespace Argosy.Images.Layers;

/// <content>How layers come in: fetched and unpacked at the same time.</content>
public sealed partial class LayerStore
{
    /// <summary>
    /// Makes sure that the layer is here, blob and unpacked. A layer that several callers want at once is fetched once.
    /// The caller holds leases on <see cref="LayerRequest.ChainId"/> and the blob.
    /// </summary>
    /// <exception cref="EngineException">The content is not what its digests say.</exception>
    public async Task<LayerRecord> AddAsync(LayerRequest request, ILayerProgress? progress, CancellationToken cancellationToken)
    {
        using IDisposable chain = await chainLocks.AcquireAsync(request.ChainId, cancellationToken);
        using IDisposable blob = await blobLocks.AcquireAsync(request.Blob.Digest, cancellationToken);
        bool isUnpacked = TryGet(request.ChainId, out LayerRecord? layer);
        bool hasBlob = content.Has(request.Blob.Digest);
        if (isUnpacked && hasBlob)
        {
            progress?.AlreadyExists();
            return layer!;
        }
        if (hasBlob)
        {
            progress?.Downloaded();
            using Stream source = content.OpenRead(request.Blob.Digest);
            layer = await UnpackAsync(request, source, progress, cancellationToken);
        }
        else
            layer = await FetchAsync(request, layer, progress, cancellationToken);
        progress?.Complete();
        return layer;
    }

    /// <summary>
    /// As <see cref="AddAsync"/>, for a layer whose blob comes compressed and is kept plain, named by its diff id, as if it had been made here.
    /// What it was before is of no account: the plain bytes are verified.
    /// </summary>
    /// <param name="diffId">The digest of the plain archive.</param>
    /// <param name="parent">The chain id of what it lies on; null at the bottom.</param>
    /// <param name="size">The plain archive's bytes; null when they are unknown: then no more are taken than a layer may unpack to.</param>
    /// <param name="open">Opens the blob, compressed or not.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<LayerRecord> AddPlainAsync(Digest diffId, Digest? parent, long? size, Func<CancellationToken, Task<Stream>> open, CancellationToken cancellationToken) => AddAsync(
        new LayerRequest
        {
            Blob = new Descriptor { MediaType = MediaTypes.OciLayer, Digest = diffId, Size = size ?? -1 },
            DiffId = diffId,
            Parent = parent,
            Fetch = async token => new BoundedStream(await Decompression.OpenAsync(await open(token), token), size ?? extraction.MaximumBytes),
        }, null, cancellationToken);

    private async Task<LayerRecord> FetchAsync(LayerRequest request, LayerRecord? unpacked, ILayerProgress? progress, CancellationToken cancellationToken)
    {
        if (request.Fetch is null)
            throw EngineException.NotFound($"content {request.Blob.Digest} is missing");
        using BlobIngest ingest = content.Begin(request.Blob.Digest, request.Blob.Size < 0 ? null : request.Blob.Size);
        using Stream follower = ingest.OpenFollower();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task transfer = TransferAsync(request, ingest, progress, stop.Token);
        if (unpacked is not null)
        {
            await transfer;
            return unpacked;
        }
        Task<LayerRecord> unpack = UnpackAsync(request, follower, progress, cancellationToken);
        // What cannot be unpacked need not be fetched to its end. The other way round the follower hears of it.
        if (await Task.WhenAny(transfer, unpack) == unpack && !unpack.IsCompletedSuccessfully)
        {
            await stop.CancelAsync();
            await transfer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return await unpack;
        }
        await Task.WhenAny(unpack);
        await transfer;
        return await unpack;
    }

    /// <summary>Whatever ends it, the follower hears of it.</summary>
    private static async Task TransferAsync(LayerRequest request, BlobIngest ingest, ILayerProgress? progress, CancellationToken cancellationToken)
    {
        try
        {
            await using Stream source = await request.Fetch!(cancellationToken);
            await ingest.WriteAsync(source, current => progress?.Downloading(current, request.Blob.Size), cancellationToken);
            progress?.Verifying();
            ingest.Commit();
            progress?.Downloaded();
        }
        catch (Exception exception)
        {
            ingest.Fail(exception);
            throw;
        }
    }

    /// <summary>Unpacking waits for its source and for the disk, so it has a thread of its own.</summary>
    private async Task<LayerRecord> UnpackAsync(LayerRequest request, Stream source, ILayerProgress? progress, CancellationToken cancellationToken)
    {
        string directory = BeginUnfinished();
        try
        {
            LayerRecord layer = await UnpackInTurnAsync(request, source, directory, progress, cancellationToken);
            await CommitDirectoryAsync(layer, directory);
            return layer;
        }
        finally
        {
            EndUnfinished(directory);
        }
    }

    private async Task<LayerRecord> UnpackInTurnAsync(LayerRequest request, Stream source, string directory, ILayerProgress? progress, CancellationToken cancellationToken)
    {
        await unpacking.WaitAsync(cancellationToken);
        try
        {
            return await Task.Factory.StartNew(
                () => Unpack(request, source, Path.Combine(directory, "fs"), progress, cancellationToken),
                cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            unpacking.Release();
        }
    }

    private LayerRecord Unpack(LayerRequest request, Stream source, string directory, ILayerProgress? progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        using var observed = new ObservedStream(source, current => progress?.Extracting(current, request.Blob.Size));
        using Stream tar = Decompression.Open(observed);
        using var hashed = new HashingStream(tar, limits.MaximumTarBytes);
        (ExtractResult result, Digest actual) = Extract(request, hashed, directory, cancellationToken);
        if (actual != request.DiffId)
            throw EngineException.Invalid($"layer {request.Blob.Digest} unpacks to {actual}, the image says {request.DiffId}");
        return new LayerRecord
        {
            ChainId = request.ChainId,
            DiffId = request.DiffId,
            Parent = request.Parent,
            Size = result.Bytes,
            HasRoot = result.HasRoot,
        };
    }

    private (ExtractResult Result, Digest DiffId) Extract(LayerRequest request, HashingStream tar, string directory, CancellationToken cancellationToken)
    {
        try
        {
            ExtractResult result = TarExtractor.Extract(tar, directory, extraction, cancellationToken);
            return (result, tar.Finish());
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw new EngineException(ErrorKind.InvalidArgument, $"failed to register layer {request.Blob.Digest}: {exception.Message}", exception);
        }
    }

    /// <summary>What libarchive and the decompressors throw at content that is cut off, damaged or hostile. A lost connection is something else.</summary>
    private static bool IsDamage(Exception exception) => exception is ArchiveException or InvalidDataException or ZstdSharp.ZstdException or EndOfStreamException;

    /// <summary>
    /// The record says that the directory is whole, so it comes after the rename, and after everything is on the device. A crash
    /// between them is undone by recovery.
    /// </summary>
    private async Task CommitDirectoryAsync(LayerRecord layer, string directory)
    {
        string target = DirectoryOf(layer.ChainId);
        trash.Add(target);
        Directory.Move(directory, target);
        await disk.FlushAsync();
        await records.PutAsync(layer.ChainId.Hex, layer);
    }
}
