using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Images.Layers;
using Argosy.Linux;
using Argosy.Linux.Files;
using Argosy.Linux.Mounts;
using Argosy.Store;

namespace Argosy.Images.Snapshots;

// On disk, below DaemonPaths.Containers, beside what the container's owner keeps there:
//
//   <key>/upper            what was written
//   <key>/work             the kernel's scratch directory
//   <key>/merged           the mount point

/// <summary>The snapshotter for the kernel's overlay file system.</summary>
public sealed class OverlaySnapshotter : ISnapshotter, IGarbageRoots
{
    private readonly DaemonPaths paths;
    private readonly LayerStore layers;
    private readonly Leases leases;
    private readonly Collection<SnapshotRecord> records;

    /// <summary>Opens the snapshots of the state store.</summary>
    public OverlaySnapshotter(DaemonPaths paths, LayerStore layers, Leases leases, StateStore state)
    {
        (this.paths, this.layers, this.leases) = (paths, layers, leases);
        records = state.Collection("snapshot", LayerJson.Default.SnapshotRecord);
        Directory.CreateDirectory(paths.Containers);
    }

    /// <inheritdoc/>
    public async Task PrepareAsync(string key, IReadOnlyList<Digest> chainIds, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // From the look at the layers to the record that keeps them, nobody may collect them.
        using Leases.Lease lease = leases.Begin();
        lease.Add(chainIds);
        if (chainIds.FirstOrDefault(chain => !layers.TryGet(chain, out _)) is { Hex: not null } missing)
            throw EngineException.NotFound($"layer {missing} does not exist");
        if (!records.TryGet(key, out _))
            await records.PutAsync(key, new SnapshotRecord { Key = key, ChainIds = chainIds });
        Directory.CreateDirectory(WorkOf(key));
        Directory.CreateDirectory(RootOf(key));
        if (Directory.Exists(UpperOf(key)))
            return;
        string unfinished = UpperOf(key) + ".new";
        Directory.CreateDirectory(unfinished);
        FileStatus root = layers.RootOf(chainIds.Count == 0 ? null : chainIds[^1]);
        FileTree.SetOwnerAndMode(unfinished, root.UserId, root.GroupId, root.Permissions);
        Directory.Move(unfinished, UpperOf(key));
    }

    /// <inheritdoc/>
    public string Mount(string key, bool isVolatile = false)
    {
        SnapshotRecord snapshot = Get(key);
        string target = RootOf(key);
        if (IsMounted(key))
            return target;
        List<string> lower = [.. snapshot.ChainIds.Reverse().Select(layers.PathOf)];
        OverlayMount.Mount(lower.Count == 0 ? [layers.EmptyDirectory] : lower, UpperOf(key), WorkOf(key), target, isVolatile);
        return target;
    }

    /// <inheritdoc/>
    public void Unmount(string key)
    {
        try
        {
            MountCalls.TryUnmount(RootOf(key));
        }
        catch (LinuxException exception) when (exception.Error == Errno.Busy)
        {
            // Somebody still looks into it: it leaves the tree now, and the kernel when they are gone.
            MountCalls.TryUnmount(RootOf(key), UnmountFlags.Detach | UnmountFlags.NoFollow);
        }
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(string key)
    {
        Unmount(key);
        await Task.Run(() => Delete(key));
        await records.DeleteAsync(key);
    }

    /// <inheritdoc/>
    public bool Exists(string key) => records.TryGet(key, out _);

    /// <inheritdoc/>
    public string RootOf(string key) => Path.Combine(DirectoryOf(key), "merged");

    /// <inheritdoc/>
    public string UpperOf(string key) => Path.Combine(DirectoryOf(key), "upper");

    /// <inheritdoc/>
    public IReadOnlyList<FileChange> Changes(string key) =>
        OverlayChanges.Find(UpperOf(key), [.. Get(key).ChainIds.Reverse().Select(layers.PathOf)]);

    /// <inheritdoc/>
    public Task<long> SizeAsync(string key)
    {
        string upper = UpperOf(key);
        return Task.Run(() => FileTree.SumOfSizes(upper));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Keys() => [.. records.All.Select(snapshot => snapshot.Key)];

    /// <inheritdoc/>
    public IReadOnlyList<string> MountedKeys() =>
        [.. MountTable.Below(paths.Containers).Where(point => Path.GetFileName(point) == "merged")
            .Select(point => Path.GetFileName(Path.GetDirectoryName(point)!))];

    /// <inheritdoc/>
    public IEnumerable<Digest> Referenced() => records.All.SelectMany(snapshot => snapshot.ChainIds);

    /// <summary>All writable trees.</summary>
    internal ICollection<SnapshotRecord> All => records.All;

    /// <summary>A mounted tree that stands on this layer; null when there is none.</summary>
    internal string? FindMounted(Digest chainId) =>
        records.All.FirstOrDefault(snapshot => snapshot.ChainIds.Contains(chainId) && IsMounted(snapshot.Key))?.Key;

    /// <summary>The merged directory is on another device than its parent exactly while the overlay is mounted.</summary>
    private bool IsMounted(string key) =>
        FileTree.Status(RootOf(key)) is { } merged && FileTree.Status(DirectoryOf(key)) is { } above && merged.Device != above.Device;

    private void Delete(string key)
    {
        foreach (string part in new[] { UpperOf(key), UpperOf(key) + ".new", WorkOf(key), RootOf(key) })
            FileTree.Remove(part);
        // The log, and the files that were made for the container.
        FileTree.Remove(DirectoryOf(key));
    }

    private SnapshotRecord Get(string key) =>
        records.TryGet(key, out SnapshotRecord? snapshot) ? snapshot : throw EngineException.NotFound($"snapshot {key} does not exist");

    private string DirectoryOf(string key) => Path.Combine(paths.Containers, key);

    private string WorkOf(string key) => Path.Combine(DirectoryOf(key), "work");
}
