using Argosy.Core;
using Argosy.Images.Checks;
using Argosy.Images.Content;
using Argosy.Images.Layers;
using Argosy.Images.Manifests;
using Argosy.Images.Records;

namespace Argosy.Images.Tests;

[Trait("Needs", "Root")]
public sealed class StoreCheckTests : IAsyncLifetime
{
    private readonly TestStore store = TestStore.Open();

    [Fact]
    public async Task A_whole_store_has_no_faults_and_every_byte_is_accounted_for()
    {
        ImageRecord image = await MakeAsync("web", Tar.Directory("d/"), Tar.File("d/f", "1"), Tar.HardLink("d/g", "d/f"), Tar.File("d/f2", "replaced"), Tar.File("d/f2", "again"));
        CheckReport report = await CheckAsync();
        Assert.Empty(report.Faults);
        Assert.Equal((3, 1, 1, 1, 0L), (report.Blobs, report.Layers, report.ComparedLayers, report.Images, report.UnreferencedBytes));
        Assert.Equal(6, report.LayerBytes);
        Assert.Equal(Linux.Files.FileTree.SumOfSizes(store.Layers.PathOf(image.ChainIds[0])), report.LayerBytes);
        Assert.Equal(Directory.GetFiles(Path.Combine(store.Paths.Content, "blobs/sha256")).Sum(path => new FileInfo(path).Length), report.BlobBytes);
    }

    [Fact]
    public async Task A_layer_committed_from_an_overlay_is_what_its_blob_unpacks_to()
    {
        LayerRecord bottom = await store.AddLayerAsync(Tar.Of(Tar.Directory("dir/"), Tar.File("dir/gone", "1"), Tar.Directory("swap/"), Tar.File("swap/old", "2")));
        await store.Snapshots.PrepareAsync("key", [bottom.ChainId], CancellationToken.None);
        string root = store.Snapshots.Mount("key");
        File.Delete(Path.Combine(root, "dir/gone"));
        Directory.Delete(Path.Combine(root, "swap"), recursive: true);
        Directory.CreateDirectory(Path.Combine(root, "swap"));
        File.WriteAllText(Path.Combine(root, "swap/new"), "4");
        using (FileStream sparse = File.Create(Path.Combine(root, "sparse")))
            sparse.SetLength(1 << 20);
        store.Snapshots.Unmount("key");
        using Leases.Lease lease = store.Leases.Begin();
        await store.Layers.CommitAsync(store.Snapshots.UpperOf("key"), bottom.ChainId, lease, CancellationToken.None);
        CheckReport report = await CheckAsync();
        Assert.Empty(report.Faults);
        Assert.Equal(2, report.ComparedLayers);
    }

    [Fact]
    public async Task A_changed_byte_in_a_blob_is_found_and_its_image_forgotten_by_the_repair()
    {
        ImageRecord image = await MakeAsync("web", Tar.File("f", "1"));
        await MakeAsync("other", Tar.File("f", "2"));
        Damage(store.Content.PathOf(image.Layers[0].Digest));
        CheckReport found = await CheckAsync();
        Assert.Equal((FaultKind.CorruptBlob, image.Layers[0].Digest.ToString()), Single(found));

        CheckReport repaired = await CheckAsync(repair: true);
        Assert.Contains(repaired.Faults, fault => fault is { Kind: FaultKind.BrokenImage, Subject: "web:latest", IsRepaired: true });
        Assert.False(store.Images.TryGet(image.Id, out _));
        Assert.Empty((await CheckAsync()).Faults);
        Assert.Equal(1, (await CheckAsync()).Images);
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("missing")]
    [InlineData("surplus")]
    [InlineData("gone")]
    public async Task A_damaged_layer_is_found_and_unpacked_again(string damage)
    {
        ImageRecord image = await MakeAsync("web", Tar.Directory("d/"), Tar.File("d/f", "1"));
        string layer = store.Layers.PathOf(image.ChainIds[0]);
        switch (damage)
        {
            case "changed": Damage(Path.Combine(layer, "d/f")); break;
            case "missing": File.Delete(Path.Combine(layer, "d/f")); break;
            case "surplus": File.WriteAllText(Path.Combine(layer, "d/more"), ""); break;
            default: Directory.Delete(Path.GetDirectoryName(layer)!, recursive: true); break;
        }
        Assert.Equal((FaultKind.DamagedLayer, image.ChainIds[0].ToString()), Single(await CheckAsync()));

        Assert.All((await CheckAsync(repair: true)).Faults, fault => Assert.True(fault.IsRepaired, fault.ToString()));
        Assert.Equal("1", File.ReadAllText(Path.Combine(layer, "d/f")));
        Assert.Empty((await CheckAsync()).Faults);
    }

    [Fact]
    public async Task A_damaged_layer_under_a_mounted_tree_is_left_alone_and_named()
    {
        ImageRecord image = await MakeAsync("web", Tar.File("f", "1"));
        await store.Snapshots.PrepareAsync("busy", image.ChainIds, CancellationToken.None);
        store.Snapshots.Mount("busy");
        Damage(Path.Combine(store.Layers.PathOf(image.ChainIds[0]), "f"));
        Fault fault = Assert.Single((await CheckAsync(repair: true)).Faults);
        Assert.False(fault.IsRepaired);
        Assert.Contains("busy", fault.Repair, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strays_are_named_and_removed()
    {
        await MakeAsync("web", Tar.File("f", "1"));
        string[] strays =
        [
            Path.Combine(store.Paths.Content, "blobs/sha256/notes"), Path.Combine(store.Paths.Content, "ingest/left"), Path.Combine(store.Paths.Content, "odd"),
            Path.Combine(store.Paths.Layers, new string('a', 64)), Path.Combine(store.Paths.Layers, ".new/left"), Path.Combine(store.Paths.Layers, ".empty/file"),
        ];
        foreach (string stray in strays)
            File.WriteAllText(stray, "12345");
        CheckReport found = await CheckAsync();
        Assert.Equal(strays.Order(StringComparer.Ordinal).Select(path => (FaultKind.Stray, path, 5L)), found.Faults.Select(fault => (fault.Kind, fault.Subject, fault.Bytes)));
        await CheckAsync(repair: true);
        Assert.Empty((await CheckAsync()).Faults);
    }

    [Fact]
    public async Task A_blob_that_is_missing_makes_its_image_broken()
    {
        ImageRecord image = await MakeAsync("web", Tar.File("f", "1"));
        File.Delete(store.Content.PathOf(image.Manifest.Digest));
        Assert.Equal((FaultKind.BrokenImage, "web:latest"), Single(await CheckAsync()));
    }

    [Fact]
    public async Task A_check_beside_images_that_come_and_go_raises_no_false_alarm()
    {
        using var end = new CancellationTokenSource();
        Task[] workers = [.. Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            for (int i = 0; !end.IsCancellationRequested; i++)
            {
                ImageRecord image = await MakeAsync($"w{worker}", Tar.File("shared", $"{i}"), Tar.File("f", $"{worker % 2} {i}"));
                if (i % 2 == 0)
                    await store.Images.DeleteAsync(image.Id);
                await store.Collector.CollectAsync();
            }
        }))];
        for (int i = 0; i < 30; i++)
            Assert.Empty((await CheckAsync()).Faults);
        await end.CancelAsync();
        await Task.WhenAll(workers);
        Assert.Empty((await CheckAsync()).Faults);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => store.DisposeAsync().AsTask();

    private Task<CheckReport> CheckAsync(bool repair = false) =>
        new StoreCheck(store.Content, store.Layers, store.Images, store.Snapshots, store.Collector, store.Trash, store.Leases)
            .RunAsync(new CheckOptions { Repair = repair }, CancellationToken.None);

    private async Task<ImageRecord> MakeAsync(string name, params (Linux.Archives.TarEntry, byte[])[] files)
    {
        byte[] tar = Tar.Of(files);
        using Leases.Lease lease = store.Leases.Begin();
        lease.Add(Digest.Of(tar));
        LayerRecord layer = await store.AddLayerAsync(tar);
        var config = new ImageConfigFile { Architecture = "amd64", Os = "linux", RootFs = new RootFileSystem { DiffIds = [layer.DiffId] } };
        ImageRecord image = await store.Images.CreateAsync(new NewImage
        {
            Config = config.ToJson(),
            Layers = [new Descriptor { MediaType = MediaTypes.OciLayer, Digest = layer.DiffId, Size = tar.Length }],
        });
        try
        {
            await store.Images.TagAsync(ImageReference.Parse(name), image.Id);
        }
        catch (EngineException)
        {
            // Another worker has deleted it meanwhile.
        }
        return image;
    }

    private static (FaultKind, string) Single(CheckReport report)
    {
        Fault fault = Assert.Single(report.Faults);
        return (fault.Kind, fault.Subject);
    }

    private static void Damage(string path)
    {
        DateTime time = File.GetLastWriteTimeUtc(path);
        byte[] content = File.ReadAllBytes(path);
        content[^1] ^= 1;
        File.WriteAllBytes(path, content);
        File.SetLastWriteTimeUtc(path, time);
    }
}
