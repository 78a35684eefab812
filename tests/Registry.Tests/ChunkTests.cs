using System.Security.Cryptography;
using Argosy.Core;

namespace Argosy.Registry.Tests;

/// <summary>Blobs sent in chunks, and what breaks between and in them.</summary>
public sealed class ChunkTests : IAsyncLifetime, IDisposable
{
    private readonly RegistryClient client = new(new RegistryOptions { Retries = 2, UploadChunk = 600_000 }, TimeProvider.System);
    private readonly byte[] content = RandomNumberGenerator.GetBytes(2_000_000);
    private ScriptedRegistry registry = null!;
    private int written;

    public async Task InitializeAsync() => registry = await ScriptedRegistry.StartAsync();

    public void Dispose() => client.Dispose();

    public async Task DisposeAsync() => await registry.DisposeAsync();

    [Fact]
    public async Task Each_chunk_but_the_last_has_the_size_that_was_set()
    {
        Assert.Equal(content, await UploadAsync());
        Assert.Equal(["0-599999", "600000-1199999", "1200000-1799999", "1800000-1999999"], registry.Ranges);
    }

    [Fact]
    public async Task A_registry_that_wants_larger_chunks_gets_them()
    {
        registry.LeastChunk = 1_500_000;
        Assert.Equal(content, await UploadAsync());
        Assert.Equal(["0-1499999", "1500000-1999999"], registry.Ranges);
    }

    [Fact]
    public async Task A_registry_that_wants_more_than_memory_gets_one_request()
    {
        registry.LeastChunk = int.MaxValue;
        Assert.Equal(content, await UploadAsync());
        Assert.Equal([""], registry.Ranges);
    }

    [Fact]
    public async Task Content_as_long_as_its_chunks_has_no_empty_one()
    {
        registry.LeastChunk = 1_000_000;
        Assert.Equal(content, await UploadAsync());
        Assert.Equal(["0-999999", "1000000-1999999"], registry.Ranges);
    }

    [Fact]
    public async Task A_chunk_that_broke_goes_on_where_the_registry_says_and_nothing_is_written_again()
    {
        registry.UploadBreaks.Enqueue(500_000);
        registry.UploadBreaks.Enqueue(100_000);
        registry.UploadBreaks.Enqueue(250_000);
        Assert.Equal(content, await UploadAsync());
        Assert.Equal(["0-599999", "500000-599999", "600000-1199999", "850000-1199999", "1200000-1799999", "1800000-1999999"], registry.Ranges);
        Assert.Equal(1, written);
    }

    [Fact]
    public async Task A_registry_that_is_busy_gets_the_chunk_again()
    {
        registry.PatchRefusals.Enqueue(0);
        registry.PatchRefusals.Enqueue(503);
        registry.PatchRefusals.Enqueue(429);
        Assert.Equal(content, await UploadAsync());
        Assert.Equal(["0-599999", "600000-1199999", "600000-1199999", "600000-1199999", "1200000-1799999", "1800000-1999999"], registry.Ranges);
        Assert.Equal(1, written);
    }

    [Fact]
    public async Task An_upload_that_the_registry_forgot_between_two_chunks_begins_again()
    {
        registry.PatchRefusals.Enqueue(0);
        registry.PatchRefusals.Enqueue(404);
        registry.ForgetsUploads = true;
        Assert.Equal(content, await UploadAsync());
        Assert.Equal(["0-599999", "600000-1199999", "0-599999", "600000-1199999", "1200000-1799999", "1800000-1999999"], registry.Ranges);
        Assert.Equal(2, written);
    }

    [Fact]
    public async Task An_upload_that_the_registry_forgets_each_time_fails()
    {
        registry.ForgetsUploads = true;
        for (int i = 0; i < 10; i++)
            registry.UploadBreaks.Enqueue(10);
        RegistryException lost = await Assert.ThrowsAsync<RegistryException>(UploadAsync);
        Assert.EndsWith("again and again", lost.Message, StringComparison.Ordinal);
        Assert.Equal(3, written);
    }

    [Fact]
    public async Task A_refused_chunk_is_told_in_the_registrys_words()
    {
        registry.PatchRefusals.Enqueue(0);
        registry.PatchRefusals.Enqueue(403);
        Assert.Equal(RegistryError.Denied, (await Assert.ThrowsAsync<RegistryException>(UploadAsync)).Error);
        Assert.Equal(2, registry.Ranges.Count);
    }

    private async Task<byte[]> UploadAsync()
    {
        using RegistrySession session = await client.OpenAsync(ImageReference.Parse($"{registry.Host}/a/b"), RegistryCredentials.Anonymous, RegistryAccess.Push, CancellationToken.None);
        Digest digest = await session.UploadBlobAsync(async (target, token) =>
        {
            written++;
            for (int at = 0; at < content.Length; at += 80_000)
                await target.WriteAsync(content.AsMemory(at, 80_000), token);
            return Digest.Of(content);
        }, size: null, begun: null, CancellationToken.None);
        return registry.Blobs[digest.ToString()];
    }
}
