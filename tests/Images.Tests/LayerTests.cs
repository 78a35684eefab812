using System.IO.Compression;
using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Images.Layers;
using Argosy.Images.Snapshots;
using Argosy.Linux.Files;

namespace Argosy.Images.Tests;

[Trait("Needs", "Root")]
public sealed class LayerTests : IAsyncLifetime
{
    private readonly TestStore store = TestStore.Open();

    [Fact]
    public async Task Whiteouts_and_opaque_directories_hide_what_is_below()
    {
        LayerRecord bottom = await store.AddLayerAsync(Tar.Of(
            Tar.Directory("dir/"), Tar.File("dir/kept", "1"), Tar.File("dir/gone", "2"), Tar.Directory("replaced/"), Tar.File("replaced/old", "3")));
        LayerRecord top = await store.AddLayerAsync(Tar.Of(
            Tar.Directory("dir/"), Tar.File("dir/.wh.gone", ""), Tar.Directory("replaced/"), Tar.File("replaced/.wh..wh..opq", ""), Tar.File("replaced/new", "4")), bottom.ChainId);

        await store.Snapshots.PrepareAsync("key", [bottom.ChainId, top.ChainId], CancellationToken.None);
        string root = store.Snapshots.Mount("key");

        Assert.Equal(["kept"], Names(root, "dir"));
        Assert.Equal(["new"], Names(root, "replaced"));
    }

    [Fact]
    public async Task A_layer_made_of_an_upper_directory_gives_the_same_tree_when_another_store_unpacks_it()
    {
        LayerRecord bottom = await store.AddLayerAsync(Tar.Of(
            Tar.Directory("dir/"), Tar.File("dir/gone", "1"), Tar.Directory("swap/"), Tar.File("swap/old", "2"), Tar.File("changed", "3")));
        await store.Snapshots.PrepareAsync("key", [bottom.ChainId], CancellationToken.None);
        string root = store.Snapshots.Mount("key");
        File.Delete(Path.Combine(root, "dir/gone"));
        Directory.Delete(Path.Combine(root, "swap"), recursive: true);
        Directory.CreateDirectory(Path.Combine(root, "swap"));
        File.WriteAllText(Path.Combine(root, "swap/new"), "4");
        File.WriteAllText(Path.Combine(root, "changed"), "5");
        Assert.Equal(
            [("/changed", ChangeKind.Modified), ("/dir", ChangeKind.Modified), ("/dir/gone", ChangeKind.Deleted), ("/swap", ChangeKind.Modified), ("/swap/new", ChangeKind.Added)],
            store.Snapshots.Changes("key").Select(change => (change.Path, change.Kind)));
        Assert.Equal(2, await store.Snapshots.SizeAsync("key"));
        store.Snapshots.Unmount("key");

        using Leases.Lease lease = store.Leases.Begin();
        CommittedLayer committed = await store.Layers.CommitAsync(store.Snapshots.UpperOf("key"), bottom.ChainId, lease, CancellationToken.None);
        byte[] blob = File.ReadAllBytes(store.Content.PathOf(committed.Blob.Digest));

        await using var other = new TestStore();
        LayerRecord otherBottom = await other.AddLayerAsync(File.ReadAllBytes(store.Content.PathOf(bottom.DiffId)));
        LayerRecord otherTop = await other.AddLayerAsync(blob, otherBottom.ChainId);
        Assert.Equal(committed.Layer, otherTop);
        Assert.Equal(await TreeAsync(store, [bottom.ChainId, committed.Layer.ChainId]), await TreeAsync(other, [otherBottom.ChainId, otherTop.ChainId]));
    }

    [Fact]
    public async Task A_reproducible_layer_depends_neither_on_when_nor_on_how_its_files_were_written()
    {
        Digest one = await ReproducibleAsync("one", withHole: true, new FileTime(2_000_000_000, 5));
        Digest other = await ReproducibleAsync("other", withHole: false, new FileTime(1_900_000_000, 7));
        Assert.Equal(one, other);
    }

    /// <summary>The same files each time, written in other orders, with other times, with and without a hole.</summary>
    private async Task<Digest> ReproducibleAsync(string key, bool withHole, FileTime written)
    {
        await store.Snapshots.PrepareAsync(key, [], CancellationToken.None);
        string root = store.Snapshots.Mount(key);
        string[] names = withHole ? ["a", "b", "c"] : ["c", "a", "b"];
        foreach (string name in names)
            Directory.CreateDirectory(Path.Combine(root, "dir", name));
        await using (FileStream file = File.Create(Path.Combine(root, "dir/sparse")))
        {
            if (withHole)
                file.Position = 1 << 20;
            else
                file.Write(new byte[1 << 20]);
            file.Write("end"u8);
        }
        foreach (string attribute in withHole ? ["user.x", "user.y"] : (string[])["user.y", "user.x"])
            ExtendedAttributes.Set(Path.Combine(root, "dir/a"), attribute, "1"u8);
        File.WriteAllText(Path.Combine(root, "dir/old"), "old");
        FileTree.SetTime(Path.Combine(root, "dir/old"), new FileTime(1000, 1));
        foreach (string name in (string[])["dir/sparse", "dir/a", "dir"])
            FileTree.SetTime(Path.Combine(root, name), written);
        File.CreateSymbolicLink(Path.Combine(root, "link"), "dir");
        store.Snapshots.Unmount(key);
        using Leases.Lease lease = store.Leases.Begin();
        CommittedLayer layer = await store.Layers.CommitAsync(store.Snapshots.UpperOf(key), null, lease, CancellationToken.None, latest: new FileTime(1_700_000_000, 0));
        await store.Snapshots.RemoveAsync(key);
        string files = store.Layers.PathOf(layer.Layer.ChainId);
        Assert.Equal(new FileTime(1000, 1), FileTree.Status(Path.Combine(files, "dir/old"))!.Value.Modified);
        Assert.All((string[])["dir", "dir/a", "link", "dir/sparse"], name => Assert.Equal(new FileTime(1_700_000_000, 0), FileTree.Status(Path.Combine(files, name))!.Value.Modified));
        return layer.Layer.DiffId;
    }

    [Fact]
    public async Task A_hundred_and_thirty_layers_mount()
    {
        var chain = new List<Digest>();
        for (int i = 0; i < 130; i++)
            chain.Add((await store.AddLayerAsync(Tar.Of(Tar.File($"file{i}", $"{i}"), Tar.File("same", $"{i}")), i == 0 ? null : chain[^1])).ChainId);
        await store.Snapshots.PrepareAsync("many", chain, CancellationToken.None);
        string root = store.Snapshots.Mount("many");
        Assert.Equal(131, Directory.GetFiles(root).Length);
        Assert.Equal("129", File.ReadAllText(Path.Combine(root, "same")));
    }

    [Fact]
    public async Task Gzip_and_zstd_are_told_by_their_first_bytes()
    {
        byte[] tar = Tar.Of(Tar.File("file", new string('x', 300_000)));
        using var gzip = new MemoryStream();
        using (var compressor = new GZipStream(gzip, CompressionMode.Compress))
            compressor.Write(tar);
        using var zstd = new ZstdSharp.Compressor();
        LayerRecord one = await store.AddLayerAsync(tar, null, gzip.ToArray());
        await using var other = new TestStore();
        LayerRecord two = await other.AddLayerAsync(tar, null, zstd.Wrap(tar).ToArray());
        Assert.Equal(one, two);
        Assert.Equal(300_000, one.Size);
    }

    [Fact]
    public async Task Content_that_is_not_what_was_announced_leaves_nothing()
    {
        byte[] tar = Tar.Of(Tar.File("file", "x"));
        var request = new LayerRequest
        {
            Blob = new Manifests.Descriptor { MediaType = "x", Digest = Digest.Of("other"u8), Size = tar.Length },
            DiffId = Digest.Of(tar),
            Parent = null,
            Fetch = _ => Task.FromResult<Stream>(new MemoryStream(tar)),
        };
        await Assert.ThrowsAsync<EngineException>(() => store.Layers.AddAsync(request, null, CancellationToken.None));
        await Assert.ThrowsAsync<EngineException>(() => store.Layers.AddAsync(
            request with { Blob = request.Blob with { Digest = Digest.Of(tar) }, DiffId = Digest.Of("other"u8) }, null, CancellationToken.None));
        Assert.Empty(store.Layers.All);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(store.Paths.Layers, ".new")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(store.Paths.Content, "ingest")));
    }

    [Fact]
    public async Task A_broken_transfer_ends_the_unpacking_with_its_own_reason()
    {
        byte[] tar = Tar.Of(Tar.File("file", new string('x', 2_000_000)));
        var request = new LayerRequest
        {
            Blob = new Manifests.Descriptor { MediaType = "x", Digest = Digest.Of(tar), Size = tar.Length },
            DiffId = Digest.Of(tar),
            Parent = null,
            Fetch = _ => Task.FromResult<Stream>(new BrokenStream(tar, 1_000_000)),
        };
        IOException broken = await Assert.ThrowsAsync<IOException>(() => store.Layers.AddAsync(request, null, CancellationToken.None));
        Assert.Equal("connection lost", broken.Message);
    }

    [Theory]
    [InlineData(1000, 100, "bomb", "more than 1000 bytes")]
    [InlineData(1 << 20, 2, "third", "more than 2 entries")]
    public async Task A_layer_beyond_its_limits_is_refused_with_the_file_that_goes_beyond(long bytes, long entries, string file, string reason)
    {
        await using var small = new TestStore(limits: new LayerLimits { MaximumBytes = bytes, MaximumEntries = entries });
        byte[] tar = Tar.Of(Tar.File("first", "1"), Tar.File("bomb", new string('x', 100_000)), Tar.File("third", "3"));
        EngineException refused = await Assert.ThrowsAsync<EngineException>(() => small.AddLayerAsync(tar, null, Gzip(tar)));
        Assert.Contains($"\"{file}\"", refused.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(small.Paths.Layers, ".new")));
    }

    [Fact]
    public async Task A_compressed_layer_that_is_cut_off_or_damaged_is_refused_and_leaves_nothing()
    {
        byte[] tar = Tar.Of(Tar.File("file", string.Concat(Enumerable.Range(0, 50_000))));
        byte[] gzip = Gzip(tar);
        using var compressor = new ZstdSharp.Compressor();
        byte[] zstd = compressor.Wrap(tar).ToArray();
        foreach (byte[] whole in new[] { gzip, zstd })
        {
            byte[] damaged = [.. whole];
            damaged[damaged.Length / 2] ^= 0xff;
            foreach (byte[] blob in new[] { whole[..(whole.Length / 2)], damaged })
            {
                EngineException refused = await Assert.ThrowsAsync<EngineException>(() => store.AddLayerAsync(tar, null, blob));
                Assert.Contains(Digest.Of(blob).ToString(), refused.Message, StringComparison.Ordinal);
            }
        }
        Assert.Empty(store.Layers.All);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(store.Paths.Layers, ".new")));
    }

    [Fact]
    public async Task The_collector_spares_what_is_leased_or_mounted()
    {
        LayerRecord leased = await store.AddLayerAsync(Tar.Of(Tar.File("leased", "1")));
        LayerRecord used = await store.AddLayerAsync(Tar.Of(Tar.File("used", "2")));
        LayerRecord loose = await store.AddLayerAsync(Tar.Of(Tar.File("loose", "3")));
        await store.Snapshots.PrepareAsync("key", [used.ChainId], CancellationToken.None);
        using (Leases.Lease lease = store.Leases.Begin())
        {
            lease.Add(leased.ChainId);
            await store.Collector.CollectAsync();
        }
        Assert.True(store.Layers.TryGet(leased.ChainId, out _));
        Assert.True(store.Layers.TryGet(used.ChainId, out _));
        Assert.False(store.Layers.TryGet(loose.ChainId, out _));
        Assert.False(Directory.Exists(store.Layers.PathOf(loose.ChainId)));
        await store.Snapshots.RemoveAsync("key");
        await store.Collector.CollectAsync();
        Assert.Empty(store.Layers.All);
        Assert.Empty(store.Content.All());
    }

    [Fact]
    public async Task Every_snapshot_verb_may_be_repeated()
    {
        LayerRecord layer = await store.AddLayerAsync(Tar.Of(Tar.Directory("./", 0x1c0), Tar.File("file", "1")));
        await store.Snapshots.PrepareAsync("key", [layer.ChainId], CancellationToken.None);
        await store.Snapshots.PrepareAsync("key", [layer.ChainId], CancellationToken.None);
        string root = store.Snapshots.Mount("key");
        Assert.Equal(root, store.Snapshots.Mount("key"));
        Assert.Equal(0x1c0, FileTree.Status(root)!.Value.Permissions);
        Assert.Equal(["key"], store.Snapshots.MountedKeys());
        store.Snapshots.Unmount("key");
        store.Snapshots.Unmount("key");
        Assert.Empty(store.Snapshots.MountedKeys());
        await store.Snapshots.RemoveAsync("key");
        await store.Snapshots.RemoveAsync("key");
        Assert.Empty(Directory.EnumerateFileSystemEntries(store.Paths.Containers));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => store.DisposeAsync().AsTask();

    private static byte[] Gzip(byte[] content)
    {
        using var gzip = new MemoryStream();
        using (var compressor = new GZipStream(gzip, CompressionMode.Compress))
            compressor.Write(content);
        return gzip.ToArray();
    }

    private static string[] Names(string root, string directory) =>
        [.. Directory.GetFileSystemEntries(Path.Combine(root, directory)).Select(path => Path.GetFileName(path)!).Order()];

    private static async Task<string> TreeAsync(TestStore store, IReadOnlyList<Digest> chain)
    {
        await store.Snapshots.PrepareAsync("tree", chain, CancellationToken.None);
        string root = store.Snapshots.Mount("tree");
        var lines = new List<string>();
        Linux.Archives.UpperTree.Visit(root, (path, status, _) =>
            lines.Add($"{path} {status.Type} {status.Permissions} {status.UserId} {status.Size} {status.Modified}"));
        return string.Join('\n', lines);
    }
}
