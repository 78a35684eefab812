using Argosy.Core;
using Argosy.Images.Layers;

namespace Argosy.Images.Content;

/// <summary>Removes blobs and layers that no record names and no running operation holds.</summary>
public sealed class GarbageCollector(
    ContentStore content, LayerStore layers, CompressedBlobs compressed, Trash trash, Leases leases, IEnumerable<IGarbageRoots> roots) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>Collects everything that is not in use, and deletes it.</summary>
    /// <returns>Bytes given back to the disk.</returns>
    public Task<long> CollectAsync() => Task.Run(async () =>
    {
        long freed = await DiscardAsync();
        trash.Empty();
        return freed;
    });

    /// <summary>Runs an operation under a lease of its own; what it brought in goes again when it fails.</summary>
    public async Task<T> UnderLeaseAsync<T>(Func<Leases.Lease, Task<T>> operation)
    {
        try
        {
            using Leases.Lease lease = leases.Begin();
            return await operation(lease);
        }
        catch
        {
            await CollectAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    /// <summary>Takes everything away that is not in use; the layers' files are still to be deleted.</summary>
    internal async Task<long> DiscardAsync()
    {
        await gate.WaitAsync();
        try
        {
            long freed = DeleteBlobs();
            HashSet<Digest> used = Used();
            freed += await layers.DiscardAsync(layers.All.Where(layer => !used.Contains(layer.ChainId) && !leases.IsHeld(layer.ChainId)), ChooseLayers);
            await compressed.ForgetAsync(digest => !content.Has(digest));
            return freed;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Blobs and layers that records name.</summary>
    internal HashSet<Digest> Used() => [.. roots.SelectMany(root => root.Referenced())];

    private long DeleteBlobs()
    {
        long freed = 0;
        leases.Exclusively(isHeld =>
        {
            HashSet<Digest> used = Used();
            foreach (Digest blob in content.All().Where(blob => !used.Contains(blob) && !isHeld(blob)))
            {
                freed += content.TryGetSize(blob, out long size) ? size : 0;
                content.Delete(blob);
            }
        });
        return freed;
    }

    /// <summary>The second look, at which nobody can take a lease; what goes is hidden before somebody can again.</summary>
    private IReadOnlyList<LayerRecord> ChooseLayers(IEnumerable<LayerRecord> candidates)
    {
        IReadOnlyList<LayerRecord> chosen = [];
        leases.Exclusively(isHeld =>
        {
            HashSet<Digest> used = Used();
            chosen = [.. candidates.Where(layer => !used.Contains(layer.ChainId) && !isHeld(layer.ChainId))];
            foreach (LayerRecord layer in chosen)
                layers.Doom(layer);
        });
        return chosen;
    }
}
