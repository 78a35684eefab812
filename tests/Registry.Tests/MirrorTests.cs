using System.Security.Cryptography;
using Argosy.Core;

namespace Argosy.Registry.Tests;

public sealed class MirrorTests : IAsyncLifetime
{
    private readonly byte[] blob = RandomNumberGenerator.GetBytes(300_000);
    private ScriptedRegistry mirror = null!;
    private ScriptedRegistry registry = null!;

    private Digest BlobDigest => Digest.Of(blob);

    public async Task InitializeAsync()
    {
        (mirror, registry) = (await ScriptedRegistry.StartAsync(), await ScriptedRegistry.StartAsync());
        foreach (ScriptedRegistry each in (ScriptedRegistry[])[mirror, registry])
        {
            each.Blobs[BlobDigest.ToString()] = blob;
            each.Manifests["latest"] = ("application/vnd.oci.image.manifest.v1+json", "{}"u8.ToArray());
        }
    }

    public async Task DisposeAsync()
    {
        await mirror.DisposeAsync();
        await registry.DisposeAsync();
    }

    [Fact]
    public async Task A_mirror_is_asked_first_and_the_registry_not_at_all()
    {
        Assert.Equal(blob, await PullAsync());
        Assert.DoesNotContain(registry.Requests, request => request.Contains("/a/b/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_mirror_has_not_comes_from_the_registry()
    {
        mirror.Manifests.Clear();
        mirror.Blobs.Clear();
        Assert.Equal(blob, await PullAsync());
    }

    [Fact]
    public async Task A_blob_that_a_mirror_has_not_comes_from_the_registry()
    {
        mirror.Blobs.Clear();
        Assert.Equal(blob, await PullAsync());
        Assert.Contains(mirror.Requests, request => request.EndsWith("/manifests/latest", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_download_that_breaks_at_the_mirror_for_good_goes_on_at_the_registry()
    {
        mirror.Breaks.Enqueue(100_000);
        for (int i = 0; i < 10; i++)
            mirror.Breaks.Enqueue(0);
        Assert.Equal(blob, await PullAsync());
        Assert.Contains(registry.Requests, request => request.Contains("/blobs/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mirror_that_nobody_serves_is_passed_over()
    {
        Assert.Equal(blob, await PullAsync(new Uri("http://127.0.0.1:1/")));
    }

    [Fact]
    public async Task A_mirror_does_not_get_the_registrys_password()
    {
        mirror.WantsToken = registry.WantsToken = true;
        await PullAsync(credentials: new RegistryCredentials { Username = "me", Password = "secret" });
        Assert.DoesNotContain(mirror.Authorizations, authorization => authorization.StartsWith("Basic", StringComparison.Ordinal));
        Assert.Contains("Bearer pull0", mirror.Authorizations);
    }

    [Fact]
    public async Task A_push_goes_to_the_registry()
    {
        using RegistryClient client = Client(mirror.Address);
        using RegistrySession session = await client.OpenAsync(ImageReference.Parse($"{registry.Host}/a/b"), RegistryCredentials.Anonymous, RegistryAccess.Push, CancellationToken.None);
        await session.PutManifestAsync("new", "application/vnd.oci.image.manifest.v1+json", "{ }"u8.ToArray(), CancellationToken.None);
        Assert.True(registry.Manifests.ContainsKey("new"));
        Assert.Empty(mirror.Requests);
    }

    private async Task<byte[]> PullAsync(Uri? address = null, RegistryCredentials? credentials = null)
    {
        using RegistryClient client = Client(address ?? mirror.Address);
        using RegistrySession session = await client.OpenAsync(
            ImageReference.Parse($"{registry.Host}/a/b"), credentials ?? RegistryCredentials.Anonymous, RegistryAccess.Pull, CancellationToken.None);
        await session.GetManifestAsync("latest", CancellationToken.None);
        return await session.GetBlobAsync(BlobDigest, blob.Length, CancellationToken.None);
    }

    private RegistryClient Client(Uri address) => new(
        new RegistryOptions { Retries = 1, DownloadAttempts = 2, Mirrors = new Dictionary<string, IReadOnlyList<Uri>> { [registry.Host] = [address] } }, TimeProvider.System);
}
