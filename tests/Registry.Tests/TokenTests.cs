using System.Security.Cryptography;
using Argosy.Core;

namespace Argosy.Registry.Tests;

public sealed class TokenTests : IAsyncLifetime, IDisposable
{
    private readonly RegistryClient client = new(new RegistryOptions { Retries = 3 }, TimeProvider.System);
    private readonly byte[] blob = RandomNumberGenerator.GetBytes(300_000);
    private ScriptedRegistry registry = null!;

    private static RegistryCredentials Me => new() { Username = "me", Password = "secret" };

    private Digest BlobDigest => Digest.Of(blob);

    public async Task InitializeAsync()
    {
        registry = await ScriptedRegistry.StartAsync();
        registry.WantsToken = true;
        registry.Blobs[BlobDigest.ToString()] = blob;
    }

    public void Dispose() => client.Dispose();

    public async Task DisposeAsync() => await registry.DisposeAsync();

    [Fact]
    public async Task A_token_that_ends_in_the_middle_of_a_pull_is_renewed()
    {
        using RegistrySession session = await OpenAsync(RegistryCredentials.Anonymous);
        await using Stream stream = await session.OpenBlobAsync(BlobDigest, blob.Length, CancellationToken.None);
        registry.Expired["pull0"] = true;
        await session.GetBlobAsync(BlobDigest, blob.Length, CancellationToken.None);
        Assert.Contains("Bearer pull1", registry.Authorizations);
        Assert.Equal(2, registry.Requests.Count(request => request.Contains("/token", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_token_that_ends_in_the_middle_of_a_push_is_renewed_and_the_body_sent_again()
    {
        using RegistrySession session = await OpenAsync(Me, RegistryAccess.Push);
        Assert.False(await session.HasBlobAsync(Digest.Of("new"u8), CancellationToken.None));
        Digest digest = await session.UploadBlobAsync(async (target, token) =>
        {
            await target.WriteAsync("new"u8.ToArray(), token);
            // The next request, the commit, is refused with this token.
            registry.Expired["push0"] = true;
            return Digest.Of("new"u8);
        }, 3, null, CancellationToken.None);
        Assert.True(registry.Blobs.ContainsKey(digest.ToString()));
        Assert.Contains("Bearer push1", registry.Authorizations);
    }

    [Fact]
    public async Task A_login_asks_for_a_refresh_token_and_gives_it_back()
    {
        Assert.Equal("refresh0", await client.CheckAsync(registry.Host, Me, CancellationToken.None));
        Assert.Contains(registry.Requests, request => request.Contains("offline_token=true&client_id=argosy&account=me", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_identity_token_is_exchanged_by_form()
    {
        using RegistrySession session = await OpenAsync(new RegistryCredentials { IdentityToken = "refresh-me" });
        await session.GetBlobAsync(BlobDigest, blob.Length, CancellationToken.None);
        Assert.Equal("client_id=argosy&grant_type=refresh_token&refresh_token=refresh-me&scope=repository:a/b:pull&service=test", Assert.Single(registry.Forms));
    }

    [Fact]
    public async Task A_token_server_that_only_knows_forms_gets_the_password_by_form()
    {
        registry.OnlyForms = true;
        using RegistrySession session = await OpenAsync(Me);
        await session.GetBlobAsync(BlobDigest, blob.Length, CancellationToken.None);
        Assert.Contains("grant_type=password&password=secret", Assert.Single(registry.Forms), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_token_is_sent_as_it_is_and_a_refused_one_is_not_replaced()
    {
        registry.Expired["p-own"] = true;
        using RegistrySession session = await OpenAsync(new RegistryCredentials { RegistryToken = "p-own" });
        RegistryException refused = await Assert.ThrowsAsync<RegistryException>(() => session.GetManifestAsync("latest", CancellationToken.None));
        Assert.Equal(RegistryError.Unauthorized, refused.Error);
        Assert.DoesNotContain(registry.Requests, request => request.Contains("/token", StringComparison.Ordinal));
    }

    private Task<RegistrySession> OpenAsync(RegistryCredentials credentials, RegistryAccess access = RegistryAccess.Pull) =>
        client.OpenAsync(ImageReference.Parse($"{registry.Host}/a/b"), credentials, access, CancellationToken.None);
}
