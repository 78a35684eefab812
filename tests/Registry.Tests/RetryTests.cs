using System.Security.Cryptography;
using Argosy.Core;

namespace Argosy.Registry.Tests;

public sealed class RetryTests : IAsyncLifetime, IDisposable
{
    private readonly RegistryClient client = new(new RegistryOptions { Retries = 3 }, TimeProvider.System);
    private readonly byte[] content = RandomNumberGenerator.GetBytes(2_000_000);
    private ScriptedRegistry registry = null!;
    private int written;

    public async Task InitializeAsync() => registry = await ScriptedRegistry.StartAsync();

    public void Dispose() => client.Dispose();

    public async Task DisposeAsync() => await registry.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_broken_upload_goes_on_where_the_registry_says(bool sizeIsKnown)
    {
        registry.UploadBreaks.Enqueue(500_000);
        registry.UploadBreaks.Enqueue(300_000);
        Assert.Equal(content, await UploadAsync(sizeIsKnown ? content.Length : null));
        Assert.Equal(1, registry.Requests.Count(request => request.StartsWith("POST", StringComparison.Ordinal)));
        Assert.Equal(2, registry.Requests.Count(request => request.StartsWith("GET", StringComparison.Ordinal) && request.Contains("/uploads/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_upload_that_the_registry_forgot_begins_again()
    {
        registry.ForgetsUploads = true;
        registry.UploadBreaks.Enqueue(500_000);
        Assert.Equal(content, await UploadAsync(content.Length));
        Assert.Equal(2, registry.Requests.Count(request => request.StartsWith("POST", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_done_although_the_registry_knows_no_such_upload_any_more()
    {
        registry.LostCommits.Enqueue(true);
        Assert.Equal(content, await UploadAsync(content.Length));
        Assert.Equal(2, registry.Requests.Count(request => request.StartsWith("PUT", StringComparison.Ordinal)));
        Assert.Single(registry.Requests, request => request.StartsWith("HEAD", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_upload_that_was_lost_at_its_commit_fails_in_the_registrys_words()
    {
        registry.LostCommits.Enqueue(false);
        RegistryException lost = await Assert.ThrowsAsync<RegistryException>(() => UploadAsync(content.Length));
        Assert.Contains("blob upload unknown to registry", lost.Message, StringComparison.Ordinal);
        Assert.Empty(registry.Blobs);
    }

    [Fact]
    public async Task An_upload_that_gets_no_further_fails()
    {
        registry.ForgetsUploads = true;
        for (int i = 0; i < 10; i++)
            registry.UploadBreaks.Enqueue(10);
        Assert.Equal(RegistryError.Unreachable, (await Assert.ThrowsAsync<RegistryException>(() => UploadAsync(content.Length))).Error);
        Assert.Equal(4, written);
    }

    [Fact]
    public async Task Who_asks_for_a_long_wait_is_not_asked_again()
    {
        registry.Refusals.Enqueue(429);
        registry.RetryAfter = "3600";
        using RegistrySession session = await OpenAsync();
        Assert.Equal(RegistryError.TooManyRequests, (await Assert.ThrowsAsync<RegistryException>(() => session.GetManifestAsync("latest", CancellationToken.None))).Error);
        Assert.Single(registry.Requests, request => request.Contains("/manifests/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("Wed, 21 Oct 2015 07:28:00 GMT")]
    public async Task A_wait_may_be_said_in_seconds_or_as_a_date(string after)
    {
        registry.Manifests["latest"] = ("application/vnd.oci.image.manifest.v1+json", "{}"u8.ToArray());
        registry.RetryAfter = after;
        for (int i = 0; i < 3; i++)
            registry.Refusals.Enqueue(429);
        using RegistrySession session = await OpenAsync();
        await session.GetManifestAsync("latest", CancellationToken.None);
        Assert.Equal(4, registry.Requests.Count(request => request.Contains("/manifests/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Tags_come_in_pages()
    {
        using RegistrySession session = await OpenAsync();
        Assert.Equal(["1", "2"], await session.ListTagsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_registry_without_search_is_named()
    {
        RegistryException none = await Assert.ThrowsAsync<RegistryException>(() => client.SearchAsync(registry.Host, "x", 25, RegistryCredentials.Anonymous, CancellationToken.None));
        Assert.Equal((RegistryError.NoSearch, $"the registry {registry.Host} has no search API: http://{registry.Host}/v1/search answered 404 Not Found"), (none.Error, none.Message));
    }

    private async Task<byte[]> UploadAsync(long? size)
    {
        using RegistrySession session = await OpenAsync(RegistryAccess.Push);
        Digest digest = await session.UploadBlobAsync(async (target, token) =>
        {
            written++;
            for (int at = 0; at < content.Length; at += 100_000)
                await target.WriteAsync(content.AsMemory(at, 100_000), token);
            return Digest.Of(content);
        }, size, null, CancellationToken.None);
        return registry.Blobs[digest.ToString()];
    }

    private Task<RegistrySession> OpenAsync(RegistryAccess access = RegistryAccess.Pull) =>
        client.OpenAsync(ImageReference.Parse($"{registry.Host}/a/b"), RegistryCredentials.Anonymous, access, CancellationToken.None);
}
