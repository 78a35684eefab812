using System.Net.Http.Headers;
using System.Text;

namespace Argosy.Registry;

/// <summary>
/// One session's authorization: nothing until the registry challenges, then basic or bearer. Tokens are renewed a little
/// before they end, and when the registry refuses one.
/// </summary>
internal sealed class Authenticator(HttpClient http, RegistryCredentials credentials, RetryPolicy retries, TimeProvider clock) : IDisposable
{
    // A token is made to last 60 seconds at least (distribution, "token authentication specification").
    private const int ShortestLife = 60;
    private const int RenewedBefore = 10;

    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly SortedSet<string> scopes = new(StringComparer.Ordinal);
    private readonly TokenFetcher fetcher = new(http, credentials, retries);
    private volatile Challenge? bearer;
    private volatile Given? given;

    /// <summary>True: tokens are asked for such that a refresh token comes with them (login).</summary>
    internal bool WantsRefreshToken
    {
        set => fetcher.IsOffline = value;
    }

    /// <summary>The refresh token that stands for the password; null where none was given.</summary>
    internal string? RefreshToken => fetcher.RefreshToken;

    /// <summary>Adds a scope that the next token is asked for.</summary>
    internal void AddScope(string scope)
    {
        lock (scopes)
            scopes.Add(scope);
    }

    /// <summary>The header to send; null before the first challenge.</summary>
    internal async Task<AuthenticationHeaderValue?> HeaderAsync(CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(credentials.RegistryToken))
            return new AuthenticationHeaderValue("Bearer", credentials.RegistryToken);
        if (bearer is { } challenge && given is { } token && clock.GetUtcNow() >= token.Expires)
            await RenewAsync(challenge, token.Header, cancellationToken);
        return given?.Header;
    }

    /// <summary>Takes a 401; false when there is nothing (more) to offer.</summary>
    /// <exception cref="RegistryException"><see cref="RegistryError.NoCredentials"/> when a password is asked for and there is none.</exception>
    internal async Task<bool> AnswerAsync(HttpResponseMessage refused, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(credentials.RegistryToken))
            return false;
        AuthenticationHeaderValue? sent = refused.RequestMessage?.Headers.Authorization;
        foreach (AuthenticationHeaderValue offered in refused.Headers.WwwAuthenticate)
        {
            if (offered.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
                return await AnswerAsync(Challenge.Parse("Bearer", offered.Parameter), sent, cancellationToken);
            if (offered.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) && sent?.Scheme != "Basic")
            {
                given = credentials.HasPassword ? new Given(Basic(credentials), DateTimeOffset.MaxValue)
                    : throw new RegistryException(RegistryError.NoCredentials, $"{GoErrors.Prefix(refused.RequestMessage)}no basic auth credentials");
                return true;
            }
        }
        return false;
    }

    internal static AuthenticationHeaderValue Basic(RegistryCredentials credentials) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.Username}:{credentials.Password}")));

    public void Dispose() => gate.Dispose();

    /// <summary>The registry names the scopes that it misses: a mount from another repository needs one more than the session began with.</summary>
    private Task<bool> AnswerAsync(Challenge challenge, AuthenticationHeaderValue? sent, CancellationToken cancellationToken)
    {
        foreach (string scope in (challenge.Get("scope") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            AddScope(scope);
        bearer = challenge;
        return RenewAsync(challenge, sent, cancellationToken);
    }

    /// <summary>Another request may have renewed it meanwhile; then that token is used.</summary>
    private async Task<bool> RenewAsync(Challenge challenge, AuthenticationHeaderValue? refused, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (given is { } known && !Equals(known.Header, refused) && clock.GetUtcNow() < known.Expires)
                return true;
            TokenResponse token = await fetcher.FetchAsync(challenge, Scopes(), cancellationToken);
            int life = Math.Max(ShortestLife, token.ExpiresIn ?? ShortestLife);
            given = new Given(new AuthenticationHeaderValue("Bearer", token.Text), clock.GetUtcNow() + TimeSpan.FromSeconds(life - RenewedBefore));
            return true;
        }
        finally
        {
            gate.Release();
        }
    }

    private string[] Scopes()
    {
        lock (scopes)
            return [.. scopes];
    }

    private sealed record Given(AuthenticationHeaderValue Header, DateTimeOffset Expires);
}
