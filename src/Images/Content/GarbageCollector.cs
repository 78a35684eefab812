using Argosy.Core;
using Argosy.Images.Layers;

namespace Argosy.Images.Content;

/// <summary>Removes blobs and layers that no record names and no running operation holds.</summary>
public sealed class GarbageCollector(ContentStore content, LayerStore layers, CompressedBlobs compressed, Leases leases, IEnumerable<IGarbageRoots> roots)
{
    /// <summary>Collects everything that is not in use.</summary>
    /// <returns>Bytes given back to the disk.</returns>
    public Task<long> CollectAsync() => Task.Run(Collect);

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

    private async Task<long> Collect()
    {
        long freed = 0;
        List<Digest> gone = [];
        leases.Exclusively(isHeld =>
        {
            HashSet<Digest> used = [.. roots.SelectMany(root => root.Referenced())];
            foreach (Digest blob in content.All().Where(blob => !used.Contains(blob) && !isHeld(blob)))
            {
                freed += content.TryGetSize(blob, out long size) ? size : 0;
                content.Delete(blob);
            }
            foreach (LayerRecord layer in layers.All.Where(layer => !used.Contains(layer.ChainId) && !isHeld(layer.ChainId)))
            {
                freed += layer.Size;
                layers.Discard(layer.ChainId);
                gone.Add(layer.ChainId);
            }
        });
        await layers.ForgetAsync(gone);
        await compressed.ForgetAsync(digest => !content.Has(digest));
        layers.EmptyTrash();
        return freed;
    }
}
