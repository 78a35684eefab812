using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Linux.Archives;
using Argosy.Linux.Files;
using Argosy.Store;

namespace Argosy.Images.Layers;

// On disk, below DaemonPaths.Layers:
//
//   <chain id, hex>/fs     one layer's own files, deletions as overlay's whiteouts
//   .new/<random>/fs       being unpacked; renamed when digest and size are right
//   .trash/<random>        renamed away, being deleted
//   .empty                 the lower directory of an image without layers

/// <summary>Unpacked layers. A layer is there whole, or not at all.</summary>
public sealed partial class LayerStore : IDisposable
{
    private readonly ContentStore content;
    private readonly StateStore state;
    private readonly Collection<LayerRecord> records;
    private readonly KeyedLock<Digest> chainLocks = new();
    private readonly KeyedLock<Digest> blobLocks = new();
    private readonly SemaphoreSlim unpacking = new(Math.Max(2, Environment.ProcessorCount + 1));
    private readonly ConcurrentDictionary<Digest, byte> doomed = new();
    private readonly ConcurrentDictionary<string, byte> unfinished = new(StringComparer.Ordinal);
    private readonly Trash trash;
    private readonly DiskSync disk;
    private readonly LayerLimits limits;
    private readonly ExtractOptions extraction;
    private readonly string root;

    /// <summary>Opens or creates the store.</summary>
    public LayerStore(DaemonPaths paths, ContentStore content, Trash trash, DiskSync disk, StateStore state, LayerLimits limits)
    {
        this.limits = limits;
        extraction = new ExtractOptions { Whiteouts = true, MaximumBytes = limits.MaximumBytes, MaximumEntries = limits.MaximumEntries };
        (this.content, this.trash, this.disk, this.state) = (content, trash, disk, state);
        root = paths.Layers;
        records = state.Collection("layer", LayerJson.Default.LayerRecord);
        Directory.CreateDirectory(Unfinished);
        Directory.CreateDirectory(EmptyDirectory);
    }

    /// <summary>All layers.</summary>
    public ICollection<LayerRecord> All => records.All;

    /// <summary>An empty directory, the bottom of an image without layers.</summary>
    internal string EmptyDirectory => Path.Combine(root, ".empty");

    private string Unfinished => Path.Combine(root, ".new");

    /// <inheritdoc/>
    public void Dispose() => unpacking.Dispose();

    /// <summary>Looks a layer up. One that the collector has chosen is not there any more, though its record may be for a moment.</summary>
    public bool TryGet(Digest chainId, [NotNullWhen(true)] out LayerRecord? layer) =>
        records.TryGet(chainId.Hex, out layer) && !doomed.ContainsKey(chainId);

    /// <summary>The directory with the layer's own files.</summary>
    public string PathOf(Digest chainId) => Path.Combine(DirectoryOf(chainId), "fs");

    /// <summary>The record of a layer that must be here.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotFound"/>.</exception>
    public LayerRecord Get(Digest chainId) =>
        TryGet(chainId, out LayerRecord? layer) ? layer : throw EngineException.NotFound($"layer {chainId} does not exist");

    /// <summary>
    /// Takes layers away that nobody names. Their locks are held from the choice until the records are gone: whoever adds one of
    /// them at the same time waits, and then finds that it is not there.
    /// </summary>
    /// <param name="candidates">Layers that seem to be unused.</param>
    /// <param name="choose">Decides which of them go; whatever it returns is not shown by <see cref="TryGet"/> any more.</param>
    /// <returns>Bytes of the layers that went.</returns>
    internal async Task<long> DiscardAsync(IEnumerable<LayerRecord> candidates, Func<IEnumerable<LayerRecord>, IReadOnlyList<LayerRecord>> choose)
    {
        var locks = new List<IDisposable>();
        IReadOnlyList<LayerRecord> chosen = [];
        try
        {
            List<LayerRecord> locked = [.. candidates];
            foreach (LayerRecord layer in locked)
                locks.Add(await chainLocks.AcquireAsync(layer.ChainId));
            chosen = choose(locked);
            foreach (LayerRecord layer in chosen)
                trash.Add(DirectoryOf(layer.ChainId));
            await ForgetAsync([.. chosen.Select(layer => layer.ChainId)]);
            return chosen.Sum(layer => layer.Size);
        }
        finally
        {
            foreach (LayerRecord layer in chosen)
                doomed.TryRemove(layer.ChainId, out _);
            foreach (IDisposable held in locks)
                held.Dispose();
        }
    }

    /// <summary>Hides a layer that is about to go. The caller holds its lock, and keeps leases from being taken.</summary>
    internal void Doom(LayerRecord layer) => doomed[layer.ChainId] = 0;

    /// <summary>After a crash: takes away what is half unpacked and directories without a record, forgets records without a directory. The trash is emptied later.</summary>
    internal async Task RecoverAsync()
    {
        foreach (string directory in Directory.EnumerateFileSystemEntries(Unfinished))
            trash.Add(directory);
        foreach (string directory in Directory.EnumerateDirectories(root))
        {
            string name = Path.GetFileName(directory);
            if (name[0] != '.' && !records.TryGet(name, out _))
                trash.Add(directory);
        }
        await ForgetAsync([.. records.All.Where(layer => !Directory.Exists(PathOf(layer.ChainId))).Select(layer => layer.ChainId)]);
    }

    private string DirectoryOf(Digest chainId) => Path.Combine(root, chainId.Hex);

    private Task ForgetAsync(IReadOnlyList<Digest> chainIds) =>
        chainIds.Count == 0 ? Task.CompletedTask : state.CommitAsync([.. chainIds.Select(chain => records.Delete(chain.Hex))]);

    /// <summary>A directory to unpack into; <see cref="EndUnfinished"/> when it is moved or given up.</summary>
    private string BeginUnfinished()
    {
        string directory = Path.Combine(Unfinished, RandomId.Next());
        unfinished[directory] = 0;
        Directory.CreateDirectory(directory);
        return directory;
    }

    /// <summary>Removes what is left of it.</summary>
    private void EndUnfinished(string directory)
    {
        FileTree.Remove(directory);
        unfinished.TryRemove(directory, out _);
    }
}
