using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Images.Layers;
using Argosy.Images.Manifests;
using Argosy.Images.Records;
using Argosy.Images.Snapshots;
using Argosy.Linux.Files;
using Argosy.Store;

namespace Argosy.Images.Tests;

/// <summary>A data root of its own with all stores in it; disposing leaves nothing, mounts included.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private readonly CompressedBlobs compressed;

    internal TestStore(string? root = null, LayerLimits? limits = null)
    {
        Root = root ?? Directory.CreateTempSubdirectory("argosy-images-").FullName;
        Paths = new DaemonPaths(Path.Combine(Root, "data"), Path.Combine(Root, "exec"));
        State = StateStore.Open(Paths.Database);
        Trash = new Trash(Paths);
        var disk = new DiskSync(Paths);
        Content = new ContentStore(Paths, Trash);
        Layers = new LayerStore(Paths, Content, Trash, disk, State, limits ?? new LayerLimits());
        Images = new ImageStore(Content, Layers, Leases, disk, State, TimeProvider.System);
        Snapshots = new OverlaySnapshotter(Paths, Layers, Leases, State);
        compressed = new CompressedBlobs(Content, State);
        Collector = new GarbageCollector(Content, Layers, compressed, Trash, Leases, [Images, Snapshots]);
    }

    /// <summary>For fields of test classes, which xunit disposes by <c>IAsyncLifetime</c> only.</summary>
    internal static TestStore Open() => new();

    internal string Root { get; }

    internal DaemonPaths Paths { get; }

    internal StateStore State { get; }

    internal Trash Trash { get; }

    internal ContentStore Content { get; }

    internal LayerStore Layers { get; }

    internal Leases Leases { get; } = new();

    internal ImageStore Images { get; }

    internal OverlaySnapshotter Snapshots { get; }

    internal GarbageCollector Collector { get; }

    /// <summary>Adds a tar as a layer, as a pull would.</summary>
    internal async Task<LayerRecord> AddLayerAsync(byte[] tar, Digest? parent = null, byte[]? blob = null)
    {
        blob ??= tar;
        var request = new LayerRequest
        {
            Blob = new Descriptor { MediaType = MediaTypes.OciLayer, Digest = Digest.Of(blob), Size = blob.Length },
            DiffId = Digest.Of(tar),
            Parent = parent,
            Fetch = _ => Task.FromResult<Stream>(new MemoryStream(blob)),
        };
        return await Layers.AddAsync(request, null, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (string key in Snapshots.MountedKeys())
            Snapshots.Unmount(key);
        Collector.Dispose();
        compressed.Dispose();
        Layers.Dispose();
        Images.Dispose();
        await State.DisposeAsync();
        FileTree.Remove(Root);
    }
}
