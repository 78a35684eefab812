using System.Security.Cryptography;
using Argosy.Core;

namespace Argosy.Registry.Tests;

public sealed class RegistryTests : IAsyncLifetime, IDisposable
{
    private readonly RegistryClient client = new(new RegistryOptions { Retries = 3 }, TimeProvider.System);
    private readonly byte[] blob = RandomNumberGenerator.GetBytes(300_000);
    private ScriptedRegistry registry = null!;

    private Digest BlobDigest => Digest.Of(blob);

    public async Task InitializeAsync()
    {
        registry = await ScriptedRegistry.StartAsync();
        registry.Blobs[BlobDigest.ToString()] = blob;
    }

    public void Dispose() => client.Dispose();

    public async Task DisposeAsync() => await registry.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_broken_download_goes_on_where_it_was(bool ignoresRange)
    {
        registry.IgnoresRange = ignoresRange;
        registry.Breaks.Enqueue(100_000);
        registry.Breaks.Enqueue(150_000);
        using RegistrySession session = await OpenAsync();
        await using Stream stream = await session.OpenBlobAsync(BlobDigest, blob.Length, CancellationToken.None);
        using var received = new MemoryStream();
        await stream.CopyToAsync(received);
        Assert.Equal(blob, received.ToArray());
        Assert.True(registry.Requests.Count(request => request.StartsWith("GET /v2/a/b/blobs/", StringComparison.Ordinal)) >= 3);
    }

    [Fact]
    public async Task A_download_that_gets_no_further_fails()
    {
        for (int i = 0; i < 10; i++)
            registry.Breaks.Enqueue(0);
        using RegistrySession session = await OpenAsync();
        RegistryException failure = await Assert.ThrowsAsync<RegistryException>(async () =>
        {
            await using Stream stream = await session.OpenBlobAsync(BlobDigest, blob.Length, CancellationToken.None);
            await stream.CopyToAsync(Stream.Null);
        });
        Assert.Equal(RegistryError.Unreachable, failure.Error);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task What_passes_is_tried_again(int status)
    {
        registry.Manifests["latest"] = ("application/vnd.oci.image.manifest.v1+json", "{}"u8.ToArray());
        registry.Refusals.Enqueue(status);
        registry.Refusals.Enqueue(status);
        using RegistrySession session = await OpenAsync();
        RegistryManifest manifest = await session.GetManifestAsync("latest", CancellationToken.None);
        Assert.Equal(Digest.Of("{}"u8), manifest.Digest);
    }

    [Fact]
    public async Task A_manifest_that_is_not_what_was_asked_for_is_refused()
    {
        Digest wanted = Digest.Of("wanted"u8);
        registry.Manifests[wanted.ToString()] = ("application/vnd.oci.image.manifest.v1+json", "{}"u8.ToArray());
        using RegistrySession session = await OpenAsync();
        await Assert.ThrowsAsync<EngineException>(() => session.GetManifestAsync(wanted.ToString(), CancellationToken.None));
    }

    [Fact]
    public async Task A_missing_manifest_is_told_apart()
    {
        using RegistrySession session = await OpenAsync();
        RegistryException missing = await Assert.ThrowsAsync<RegistryException>(() => session.GetManifestAsync("none", CancellationToken.None));
        Assert.Equal((RegistryError.ManifestUnknown, "manifest unknown: manifest unknown"), (missing.Error, missing.Message));
    }

    [Fact]
    public async Task Anybody_gets_a_token_for_pulling_and_asks_once()
    {
        registry.WantsToken = true;
        using RegistrySession session = await OpenAsync();
        await session.GetBlobAsync(BlobDigest, blob.Length, CancellationToken.None);
        await session.GetBlobAsync(BlobDigest, blob.Length, CancellationToken.None);
        string token = Assert.Single(registry.Requests, request => request.Contains("/token", StringComparison.Ordinal));
        Assert.Contains("service=test&scope=repository%3Aa%2Fb%3Apull", token, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_credentials_are_refused_and_right_ones_taken()
    {
        registry.WantsToken = true;
        RegistryException refused = await Assert.ThrowsAsync<RegistryException>(() =>
            client.CheckAsync(registry.Host, new RegistryCredentials { Username = "me", Password = "wrong" }, CancellationToken.None));
        Assert.Equal(RegistryError.Unauthorized, refused.Error);
        await client.CheckAsync(registry.Host, new RegistryCredentials { Username = "me", Password = "secret" }, CancellationToken.None);
    }

    [Fact]
    public async Task A_blob_of_unknown_length_is_streamed_up_and_committed_by_its_digest()
    {
        byte[] content = RandomNumberGenerator.GetBytes(500_000);
        using RegistrySession session = await OpenAsync(RegistryAccess.Push);
        Digest digest = await session.UploadBlobAsync(async (target, token) =>
        {
            await target.WriteAsync(content, token);
            return Digest.Of(content);
        }, null, null, CancellationToken.None);
        Assert.Equal(content, registry.Blobs[digest.ToString()]);
        Assert.True(await session.HasBlobAsync(digest, CancellationToken.None));
        Assert.False(await session.HasBlobAsync(Digest.Of("other"u8), CancellationToken.None));
    }

    [Fact]
    public async Task A_blob_is_mounted_only_where_the_registry_has_it()
    {
        using RegistrySession session = await OpenAsync(RegistryAccess.Push);
        Assert.True((await session.MountBlobAsync(BlobDigest, "c/d", CancellationToken.None)).IsMounted);
        MountAnswer refused = await session.MountBlobAsync(Digest.Of("other"u8), "c/d", CancellationToken.None);
        Assert.False(refused.IsMounted);
        await session.UploadBlobAsync(async (target, token) =>
        {
            await target.WriteAsync("other"u8.ToArray(), token);
            return Digest.Of("other"u8);
        }, 5, refused.Upload, CancellationToken.None);
        Assert.Equal(2, registry.Requests.Count(request => request.StartsWith("POST", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_registry_that_nobody_serves_is_unreachable()
    {
        RegistryException failure = await Assert.ThrowsAsync<RegistryException>(async () =>
        {
            using RegistrySession session = await client.OpenAsync(ImageReference.Parse("127.0.0.1:1/a/b"), RegistryCredentials.Anonymous, RegistryAccess.Pull, CancellationToken.None);
            await session.GetManifestAsync("latest", CancellationToken.None);
        });
        Assert.Equal(RegistryError.Unreachable, failure.Error);
        Assert.EndsWith("dial tcp 127.0.0.1:1: connect: connection refused", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost:5000", true)]
    [InlineData("127.0.0.1:5000", true)]
    [InlineData("registry.example.com", false)]
    [InlineData("insecure.example.com:80", true)]
    [InlineData("10.1.2.3:5000", true)]
    [InlineData("10.2.2.3:5000", false)]
    public void Loopback_and_configured_registries_need_no_certificate(string domain, bool insecure)
    {
        var hosts = new RegistryHosts(new RegistryOptions { InsecureRegistries = ["insecure.example.com:80", "10.1.0.0/16"] });
        Assert.Equal(insecure, hosts.IsInsecure(domain));
    }

    private Task<RegistrySession> OpenAsync(RegistryAccess access = RegistryAccess.Pull) =>
        client.OpenAsync(ImageReference.Parse($"{registry.Host}/a/b"), RegistryCredentials.Anonymous, access, CancellationToken.None);
}
