using System.Security.Cryptography;
using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Images.Layers;
using Argosy.Images.Records;
using Argosy.Images.Snapshots;

namespace Argosy.Images.Checks;

/// <summary>
/// Verifies every blob's digest, every layer's files, every reference, and that there is nothing else on disk. Runs beside pulls,
/// builds and removals without false alarms: what it looks at it leases first and then looks for again, and what seems to belong to
/// nothing it looks at once more under the lock of those who could be making it.
/// </summary>
public sealed partial class StoreCheck(
    ContentStore content, LayerStore layers, ImageStore images, OverlaySnapshotter snapshots, GarbageCollector collector, Trash trash, Leases leases)
{
    private const int BufferSize = 256 * 1024;

    /// <summary>Looks at everything, and mends what can be mended if told so.</summary>
    /// <param name="options">How thorough, and whether to repair.</param>
    /// <param name="cancellationToken">Ends it; what was repaired stays repaired.</param>
    public async Task<CheckReport> RunAsync(CheckOptions options, CancellationToken cancellationToken)
    {
        var run = new Run(options, cancellationToken);
        await CheckBlobsAsync(run);
        await CheckLayersAsync(run);
        await CheckImagesAsync(run);
        CheckSnapshots(run);
        await CheckStraysAsync(run);
        long unreferenced = CountUnreferenced();
        if (options.Repair)
        {
            await RepairAsync(run);
            await collector.CollectAsync();
        }
        return run.Report(unreferenced);
    }

    private Task CheckBlobsAsync(Run run) => Parallel.ForEachAsync(content.All(), run.Parallel, async (digest, cancellationToken) =>
    {
        using Leases.Lease lease = leases.Begin();
        lease.Add(digest);
        if (!content.TryGetSize(digest, out long size))
            return;
        run.CountBlob(size);
        if (!run.Options.Quick && await HashAsync(digest, cancellationToken) != digest)
            run.Add(new Fault(FaultKind.CorruptBlob, digest.ToString(), "its bytes have another digest") { Digest = digest, Bytes = size });
    });

    private async Task<Digest> HashAsync(Digest digest, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using FileStream blob = content.OpenRead(digest);
        byte[] buffer = GC.AllocateUninitializedArray<byte>(BufferSize);
        for (int read; (read = await blob.ReadAsync(buffer, cancellationToken)) > 0;)
            hash.AppendData(buffer.AsSpan(0, read));
        return Digest.FromHash(hash.GetHashAndReset());
    }

    private Task CheckLayersAsync(Run run) => Parallel.ForEachAsync(layers.All, run.Parallel, async (record, cancellationToken) =>
    {
        using Leases.Lease lease = leases.Begin();
        lease.Add(record.ChainId);
        if (!layers.TryGet(record.ChainId, out LayerRecord? layer))
            return;
        run.CountLayer(layer.Size);
        LayerVerdict verdict = run.Options.Quick ? layers.Inspect(layer) : await CompareAsync(layer, lease, run, cancellationToken);
        run.CountCompared(verdict.IsCompared);
        if (verdict.Reason is { } reason)
            run.Add(new Fault(FaultKind.DamagedLayer, layer.ChainId.ToString(), reason) { Digest = layer.ChainId, Bytes = layer.Size });
    });

    private async Task<LayerVerdict> CompareAsync(LayerRecord layer, Leases.Lease lease, Run run, CancellationToken cancellationToken)
    {
        LayerVerdict verdict = layers.Inspect(layer);
        // A layer without a blob (its image was removed, a container or the build cache keeps it) can only be looked at; and a
        // corrupt blob, which has a fault of its own, says nothing of what was unpacked from it when it was whole.
        if (verdict.Reason is not null || BlobOf(layer) is not { } blob || run.IsCorrupt(blob))
            return verdict;
        lease.Add(blob);
        return content.Has(blob) ? await layers.CompareAsync(layer, blob, cancellationToken) : verdict;
    }

    /// <summary>The blob that the layer came from: a plain tar made here, or what an image brought.</summary>
    private Digest? BlobOf(LayerRecord layer)
    {
        if (content.Has(layer.DiffId))
            return layer.DiffId;
        foreach (ImageRecord image in images.List())
        {
            for (int i = 0; i < image.ChainIds.Count; i++)
            {
                if (image.ChainIds[i] == layer.ChainId && content.Has(image.Layers[i].Digest))
                    return image.Layers[i].Digest;
            }
        }
        return null;
    }

    private async Task CheckImagesAsync(Run run)
    {
        foreach (ImageRecord image in images.List())
        {
            run.CancellationToken.ThrowIfCancellationRequested();
            run.CountImage();
            if (images.FindFault(image) is not null && await images.ConfirmFaultAsync(image.Id) is { } reason)
                run.Add(new Fault(FaultKind.BrokenImage, NameOf(image), reason) { Digest = image.Id });
        }
    }

    private void CheckSnapshots(Run run)
    {
        foreach (SnapshotRecord snapshot in snapshots.All)
        {
            run.CountSnapshot();
            if (snapshot.ChainIds.FirstOrDefault(chain => !layers.TryGet(chain, out _)) is { Hex: not null } missing && snapshots.Exists(snapshot.Key))
                run.Add(new Fault(FaultKind.BrokenSnapshot, snapshot.Key, $"layer {missing} is not here"));
        }
    }

    private async Task CheckStraysAsync(Run run)
    {
        foreach (Stray stray in content.Strays().Concat(await layers.StraysAsync(run.CancellationToken)))
            run.Add(new Fault(FaultKind.Stray, stray.Path, stray.Reason) { Bytes = stray.Bytes });
    }

    private long CountUnreferenced()
    {
        HashSet<Digest> used = collector.Used();
        return trash.Measure() + content.All().Where(blob => !used.Contains(blob) && !leases.IsHeld(blob)).Sum(blob => content.TryGetSize(blob, out long size) ? size : 0)
            + layers.All.Where(layer => !used.Contains(layer.ChainId) && !leases.IsHeld(layer.ChainId)).Sum(layer => layer.Size);
    }

    private static string NameOf(ImageRecord image) => image.RepoTags.Concat(image.RepoDigests).FirstOrDefault() ?? image.Id.ToString();
}
