using Argosy.Core;
using Argosy.Images.Archives;
using Argosy.Images.Content;
using Argosy.Images.Layers;
using Argosy.Images.Manifests;
using Argosy.Images.Records;
using Microsoft.Extensions.Logging.Abstractions;

namespace Argosy.Images.Tests;

[Trait("Needs", "Root")]
public sealed class ImageStoreTests : IAsyncLifetime
{
    private readonly TestStore store = TestStore.Open();

    [Fact]
    public async Task An_image_is_found_by_name_id_digest_and_the_beginning_of_its_id()
    {
        ImageRecord image = await MakeAsync("one");
        ImageReference name = ImageReference.Parse("shop/web:1");
        await store.Images.TagAsync(name, image.Id);
        await store.Images.TagAsync(name.WithDigest(image.Manifest.Digest), image.Id);

        foreach (string reference in new[] { "shop/web:1", "docker.io/shop/web:1", image.Id.ToString(), image.Id.Hex, image.Id.Short, "sha256:" + image.Id.Hex[..5], $"shop/web@{image.Manifest.Digest}" })
            Assert.Equal(image.Id, store.Images.Find(reference).Id);
        Assert.Equal(["shop/web:1"], store.Images.Find("shop/web:1").RepoTags);
        EngineException missing = Assert.Throws<EngineException>(() => store.Images.Find("shop/web"));
        Assert.Equal("No such image: shop/web:latest", missing.Message);
    }

    [Fact]
    public async Task A_name_moves_from_one_image_to_the_other()
    {
        ImageRecord old = await MakeAsync("old");
        ImageRecord young = await MakeAsync("young");
        ImageReference name = ImageReference.Parse("web");
        await store.Images.TagAsync(name, old.Id);
        ImageRecord? previous = await store.Images.TagAsync(name, young.Id);

        Assert.Equal(old.Id, previous?.Id);
        Assert.Empty(store.Images.Find(old.Id.ToString()).RepoTags);
        Assert.Equal(young.Id, store.Images.Find("web").Id);
    }

    [Fact]
    public async Task What_is_saved_here_is_loaded_there_with_the_same_digests()
    {
        ImageRecord image = await MakeAsync("content");
        using var archive = new MemoryStream();
        new ImageArchiveWriter(store.Content).Write(archive, [(image, [ImageReference.Parse("web:2")])], CancellationToken.None);
        archive.Position = 0;

        await using var other = new TestStore();
        using Leases.Lease lease = other.Leases.Begin();
        LoadedImage loaded = Assert.Single(await new ImageArchiveReader(other.Content, other.Layers, other.Images)
            .ReadAsync(archive, null, lease, _ => null, CancellationToken.None));

        Assert.Equal((image.Id, image.Manifest.Digest), (loaded.Image.Id, loaded.Image.Manifest.Digest));
        Assert.Equal(["web:2"], loaded.Names.Select(name => name.Familiar));
        Assert.Equal("content", File.ReadAllText(Path.Combine(other.Layers.PathOf(loaded.Image.ChainIds[0]), "file")));
    }

    [Fact]
    public async Task Recovery_forgets_what_is_not_whole_and_keeps_what_is()
    {
        ImageRecord whole = await MakeAsync("whole");
        ImageRecord broken = await MakeAsync("broken");
        File.Delete(store.Content.PathOf(broken.Layers[0].Digest));
        Directory.CreateDirectory(Path.Combine(store.Paths.Layers, ".new", "half", "fs"));
        Directory.CreateDirectory(Path.Combine(store.Paths.Layers, new string('a', 64), "fs"));
        File.WriteAllText(Path.Combine(store.Paths.Content, "ingest", "half"), "x");
        File.WriteAllText(Path.Combine(store.Paths.Content, "index.json.tmp-1-1"), "x");

        await new ImagesRecovery(store.Content, store.Layers, store.Images, store.Collector, store.Trash, NullLogger<ImagesRecovery>.Instance).RecoverAsync();

        Assert.Equal(5, Directory.EnumerateFileSystemEntries(Path.Combine(store.Paths.Layers, ".trash")).Count());
        store.Trash.Empty();

        Assert.Equal([whole.Id], store.Images.List().Select(image => image.Id));
        Assert.Equal([whole.ChainIds[0]], store.Layers.All.Select(layer => layer.ChainId));
        Assert.Equal(3, store.Content.All().Count());
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(store.Paths.Layers, ".new")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(store.Paths.Layers, ".trash")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(store.Paths.Content, "ingest")));
        Assert.False(Directory.Exists(Path.Combine(store.Paths.Layers, new string('a', 64))));
        Assert.False(File.Exists(Path.Combine(store.Paths.Content, "index.json.tmp-1-1")));
    }

    [Fact]
    public async Task A_layer_that_many_want_at_once_is_fetched_once()
    {
        byte[] tar = Tar.Of(Tar.File("file", new string('x', 1_000_000)));
        int fetches = 0;
        var request = new LayerRequest
        {
            Blob = new Descriptor { MediaType = MediaTypes.OciLayer, Digest = Digest.Of(tar), Size = tar.Length },
            DiffId = Digest.Of(tar),
            Parent = null,
            Fetch = _ =>
            {
                Interlocked.Increment(ref fetches);
                return Task.FromResult<Stream>(new MemoryStream(tar));
            },
        };
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.Layers.AddAsync(request, null, CancellationToken.None)));
        Assert.Equal(1, fetches);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => store.DisposeAsync().AsTask();

    private async Task<ImageRecord> MakeAsync(string text)
    {
        byte[] tar = Tar.Of(Tar.File("file", text));
        LayerRecord layer = await store.AddLayerAsync(tar);
        var config = new ImageConfigFile { Architecture = "amd64", Os = "linux", RootFs = new RootFileSystem { DiffIds = [layer.DiffId] } };
        return await store.Images.CreateAsync(new NewImage
        {
            Config = config.ToJson(),
            Layers = [new Descriptor { MediaType = MediaTypes.OciLayer, Digest = layer.DiffId, Size = tar.Length }],
        });
    }
}
