using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Argosy.Registry;

/// <summary>
/// One session's authorization: nothing until the registry challenges, then basic or bearer. Tokens are renewed a little
/// before they end, and when the registry refuses one.
/// </summary>
internal sealed class Authenticator(HttpClient http, RegistryCredentials credentials, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly HashSet<string> scopes = new(StringComparer.Ordinal);
    private Challenge? bearer;
    private AuthenticationHeaderValue? header;
    private DateTimeOffset expires = DateTimeOffset.MaxValue;

    /// <summary>Adds a scope that the next token is asked for.</summary>
    internal void AddScope(string scope) => scopes.Add(scope);

    /// <summary>The header to send; null before the first challenge.</summary>
    internal async Task<AuthenticationHeaderValue?> HeaderAsync(CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(credentials.RegistryToken))
            return new AuthenticationHeaderValue("Bearer", credentials.RegistryToken);
        if (bearer is not null && clock.GetUtcNow() >= expires)
            await RenewAsync(header, cancellationToken);
        return header;
    }

    /// <summary>Takes a 401; false when there is nothing (more) to offer.</summary>
    /// <exception cref="RegistryException"><see cref="RegistryError.NoCredentials"/> when a password is asked for and there is none.</exception>
    internal async Task<bool> AnswerAsync(HttpResponseMessage refused, CancellationToken cancellationToken)
    {
        AuthenticationHeaderValue? sent = refused.RequestMessage?.Headers.Authorization;
        foreach (AuthenticationHeaderValue offered in refused.Headers.WwwAuthenticate)
        {
            if (offered.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            {
                bearer = Challenge.Parse("Bearer", offered.Parameter);
                if (bearer.Get("scope") is { Length: > 0 } scope && scopes.Count == 0)
                    scopes.Add(scope);
                return await RenewAsync(sent, cancellationToken);
            }
            if (offered.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) && sent?.Scheme != "Basic")
            {
                header = credentials.HasPassword ? Basic() : throw new RegistryException(RegistryError.NoCredentials, $"{GoErrors.Prefix(refused.RequestMessage)}no basic auth credentials");
                return true;
            }
        }
        return false;
    }

    /// <summary>Another request may have renewed it meanwhile; then that token is used.</summary>
    private async Task<bool> RenewAsync(AuthenticationHeaderValue? refused, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (header is not null && !Equals(header, refused) && clock.GetUtcNow() < expires)
                return true;
            TokenResponse token = await FetchAsync(bearer!, cancellationToken);
            string? text = string.IsNullOrEmpty(token.Token) ? token.AccessToken : token.Token;
            if (string.IsNullOrEmpty(text))
                throw new RegistryException(RegistryError.Unauthorized, "authorization server did not include a token in the response");
            header = new AuthenticationHeaderValue("Bearer", text);
            expires = clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Max(30, token.ExpiresIn ?? 60) - 10);
            return true;
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<TokenResponse> FetchAsync(Challenge challenge, CancellationToken cancellationToken)
    {
        string realm = challenge.Get("realm") ?? throw new RegistryException(RegistryError.Unauthorized, "no realm specified for token auth challenge");
        using HttpRequestMessage request = string.IsNullOrEmpty(credentials.IdentityToken) ? Get(realm, challenge) : Post(realm, challenge);
        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            RegistryException refused = await ErrorReader.ReadAsync(response, cancellationToken);
            throw response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                ? new RegistryException(RegistryError.Unauthorized, refused.Error == RegistryError.Other ? "unauthorized: incorrect username or password" : refused.Message, refused)
                : refused;
        }
        await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonSerializer.DeserializeAsync(body, RegistryJson.Default.TokenResponse, cancellationToken)
            ?? throw new RegistryException(RegistryError.Unauthorized, "the authorization server answered null");
    }

    private HttpRequestMessage Get(string realm, Challenge challenge)
    {
        var query = new StringBuilder(realm).Append(realm.Contains('?', StringComparison.Ordinal) ? '&' : '?');
        if (challenge.Get("service") is { } service)
            query.Append("service=").Append(Uri.EscapeDataString(service)).Append('&');
        foreach (string scope in scopes)
            query.Append("scope=").Append(Uri.EscapeDataString(scope)).Append('&');
        if (credentials.HasPassword)
            query.Append("account=").Append(Uri.EscapeDataString(credentials.Username!)).Append('&');
        var request = new HttpRequestMessage(HttpMethod.Get, query.ToString().TrimEnd('&', '?'));
        if (credentials.HasPassword)
            request.Headers.Authorization = Basic();
        return request;
    }

    /// <summary>OAuth2 with a refresh token (distribution, "oauth2 token authentication").</summary>
    private HttpRequestMessage Post(string realm, Challenge challenge)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = credentials.IdentityToken!,
            ["client_id"] = "argosy",
            ["service"] = challenge.Get("service") ?? "",
            ["scope"] = string.Join(' ', scopes),
        };
        return new HttpRequestMessage(HttpMethod.Post, realm) { Content = new FormUrlEncodedContent(form) };
    }

    private AuthenticationHeaderValue Basic() =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.Username}:{credentials.Password}")));

    public void Dispose() => gate.Dispose();
}
