using Argosy.Core;
using Argosy.Images.Checks;
using Argosy.Images.Manifests;
using Argosy.Linux.Files;

namespace Argosy.Images.Layers;

/// <content>Looking at what is on disk, and mending it.</content>
public sealed partial class LayerStore
{
    private static readonly string[] OwnDirectories = [".new", ".trash", ".empty"];

    /// <summary>Whether the layer is there, has its name rightly, and is as large as it should be. The caller holds a lease on it.</summary>
    internal LayerVerdict Inspect(LayerRecord layer)
    {
        if (ChainId.Of(layer.Parent, layer.DiffId) != layer.ChainId)
            return new LayerVerdict("its chain id is not that of its diff id on its parent");
        if (!Directory.Exists(PathOf(layer.ChainId)))
            return new LayerVerdict("its directory is missing");
        long size = FileTree.SumOfSizes(PathOf(layer.ChainId));
        return new LayerVerdict(size == layer.Size ? null : $"its files have {size} bytes where {layer.Size} were unpacked");
    }

    /// <summary>Unpacks the blob beside the layer and compares the two, file by file. The caller holds leases on both.</summary>
    internal async Task<LayerVerdict> CompareAsync(LayerRecord layer, Digest blob, CancellationToken cancellationToken)
    {
        string directory = BeginUnfinished();
        try
        {
            using Stream source = content.OpenRead(blob);
            await UnpackInTurnAsync(RequestOf(layer, blob), source, directory, null, cancellationToken);
            return new LayerVerdict(TreeComparison.FirstDifference(Path.Combine(directory, "fs"), PathOf(layer.ChainId), layer.HasRoot, cancellationToken), IsCompared: true);
        }
        catch (EngineException exception)
        {
            return new LayerVerdict(exception.Message);
        }
        finally
        {
            EndUnfinished(directory);
        }
    }

    /// <summary>Puts what the blob unpacks to in the layer's place. The caller holds leases on both, and the layer is not mounted.</summary>
    internal async Task RestoreAsync(LayerRecord layer, Digest blob, CancellationToken cancellationToken)
    {
        using IDisposable chain = await chainLocks.AcquireAsync(layer.ChainId, cancellationToken);
        using Stream source = content.OpenRead(blob);
        await UnpackAsync(RequestOf(layer, blob), source, null, cancellationToken);
    }

    /// <summary>Takes a layer away that cannot be made again. The images that stand on it are the caller's.</summary>
    internal async Task ForgetAsync(LayerRecord layer)
    {
        using IDisposable chain = await chainLocks.AcquireAsync(layer.ChainId);
        trash.Add(DirectoryOf(layer.ChainId));
        await ForgetAsync([layer.ChainId]);
    }

    /// <summary>What lies below the root and is neither a layer nor in the making.</summary>
    internal async Task<IReadOnlyList<Stray>> StraysAsync(CancellationToken cancellationToken)
    {
        var strays = new List<Stray>();
        foreach (string path in Directory.EnumerateFileSystemEntries(root))
        {
            string name = Path.GetFileName(path);
            if (!OwnDirectories.Contains(name) && await IsStrayAsync(name, cancellationToken))
                strays.Add(new Stray(path, "no layer has this name", Measure(path)));
        }
        // What is being unpacked is noted before it is made, and forgotten after it is gone.
        strays.AddRange(Directory.EnumerateFileSystemEntries(Unfinished)
            .Where(path => !unfinished.ContainsKey(path) && FileTree.Status(path) is not null)
            .Select(path => new Stray(path, "nobody is unpacking it", Measure(path))));
        strays.AddRange(Directory.EnumerateFileSystemEntries(EmptyDirectory).Select(path => new Stray(path, "this directory must be empty", Measure(path))));
        strays.AddRange(records.All.Where(layer => Directory.Exists(DirectoryOf(layer.ChainId)))
            .SelectMany(layer => Directory.EnumerateFileSystemEntries(DirectoryOf(layer.ChainId))).Where(path => Path.GetFileName(path) != "fs")
            .Select(path => new Stray(path, "a layer has nothing but fs", Measure(path))));
        return strays;
    }

    /// <summary>A layer's directory comes before its record, and goes before it, both under its lock.</summary>
    private async Task<bool> IsStrayAsync(string name, CancellationToken cancellationToken)
    {
        if (records.TryGet(name, out _))
            return false;
        if (!Digest.TryParse("sha256:" + name, out Digest chainId))
            return true;
        using IDisposable chain = await chainLocks.AcquireAsync(chainId, cancellationToken);
        return !records.TryGet(name, out _) && FileTree.Status(DirectoryOf(chainId)) is not null;
    }

    private static long Measure(string path) => FileTree.SumOfSizes(path);

    private static LayerRequest RequestOf(LayerRecord layer, Digest blob) => new()
    {
        Blob = new Descriptor { MediaType = "", Digest = blob, Size = 0 },
        DiffId = layer.DiffId,
        Parent = layer.Parent,
    };
}
