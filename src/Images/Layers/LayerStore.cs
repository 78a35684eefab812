using System.Diagnostics.CodeAnalysis;
using Argosy.Core;
using Argosy.Images.Content;
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
    private readonly string root;

    /// <summary>Opens or creates the store.</summary>
    public LayerStore(DaemonPaths paths, ContentStore content, StateStore state)
    {
        (this.content, this.state) = (content, state);
        root = paths.Layers;
        records = state.Collection("layer", LayerJson.Default.LayerRecord);
        Directory.CreateDirectory(Unfinished);
        Directory.CreateDirectory(Trash);
        Directory.CreateDirectory(EmptyDirectory);
    }

    /// <summary>All layers.</summary>
    public ICollection<LayerRecord> All => records.All;

    /// <summary>An empty directory, the bottom of an image without layers.</summary>
    internal string EmptyDirectory => Path.Combine(root, ".empty");

    private string Unfinished => Path.Combine(root, ".new");

    private string Trash => Path.Combine(root, ".trash");

    /// <inheritdoc/>
    public void Dispose() => unpacking.Dispose();

    /// <summary>Looks a layer up.</summary>
    public bool TryGet(Digest chainId, [NotNullWhen(true)] out LayerRecord? layer) => records.TryGet(chainId.Hex, out layer);

    /// <summary>The directory with the layer's own files.</summary>
    public string PathOf(Digest chainId) => Path.Combine(root, chainId.Hex, "fs");

    /// <summary>The record of a layer that must be here.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotFound"/>.</exception>
    public LayerRecord Get(Digest chainId) =>
        TryGet(chainId, out LayerRecord? layer) ? layer : throw EngineException.NotFound($"layer {chainId} does not exist");

    /// <summary>Takes the directory out of the tree; its record follows by <see cref="ForgetAsync"/>.</summary>
    internal void Discard(Digest chainId)
    {
        string directory = Path.Combine(root, chainId.Hex);
        if (Directory.Exists(directory))
            Directory.Move(directory, Path.Combine(Trash, RandomId.Next()));
    }

    internal Task ForgetAsync(IReadOnlyList<Digest> chainIds) =>
        chainIds.Count == 0 ? Task.CompletedTask : state.CommitAsync([.. chainIds.Select(chain => records.Delete(chain.Hex))]);

    internal void EmptyTrash()
    {
        foreach (string directory in Directory.EnumerateDirectories(Trash))
            FileTree.Remove(directory);
    }

    /// <summary>After a crash: removes what is half unpacked, directories without a record, and records without a directory.</summary>
    internal async Task RecoverAsync()
    {
        foreach (string directory in Directory.EnumerateDirectories(Unfinished))
            FileTree.Remove(directory);
        foreach (string directory in Directory.EnumerateDirectories(root))
        {
            string name = Path.GetFileName(directory);
            if (name[0] != '.' && !records.TryGet(name, out _))
                Directory.Move(directory, Path.Combine(Trash, RandomId.Next()));
        }
        await ForgetAsync([.. records.All.Where(layer => !Directory.Exists(PathOf(layer.ChainId))).Select(layer => layer.ChainId)]);
        EmptyTrash();
    }
}
