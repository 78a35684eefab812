using System.Net;
using System.Text;
using System.Text.Json;

namespace Argosy.Registry;

/// <summary>
/// Gets bearer tokens from the server that a registry's challenge names: with a password by GET, or by the form of OAuth2 where the
/// server has only that; with an identity token by the form (distribution, "token" and "oauth2 token authentication").
/// </summary>
internal sealed class TokenFetcher(HttpClient http, RegistryCredentials credentials, RetryPolicy retries)
{
    private const string ClientId = "argosy";

    /// <summary>True: a refresh token is asked for too.</summary>
    internal bool IsOffline { get; set; }

    /// <summary>The refresh token to use from now on: servers may replace it at every use.</summary>
    internal string? RefreshToken { get; private set; } = credentials.IdentityToken;

    internal async Task<TokenResponse> FetchAsync(Challenge challenge, string[] scopes, CancellationToken cancellationToken)
    {
        if (challenge.Get("realm") is not { Length: > 0 } realm || !Uri.TryCreate(realm, UriKind.Absolute, out _))
            throw new RegistryException(RegistryError.Unauthorized, "no realm specified for token auth challenge");
        using HttpResponseMessage response = await AskAsync(realm, challenge, scopes, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw await RefusedAsync(response, cancellationToken);
        TokenResponse token = await ReadAsync(response, cancellationToken);
        if (!string.IsNullOrEmpty(token.RefreshToken))
            RefreshToken = token.RefreshToken;
        return token.Text.Length > 0 ? token : throw new RegistryException(RegistryError.Unauthorized, "authorization server did not include a token in the response");
    }

    private async Task<HttpResponseMessage> AskAsync(string realm, Challenge challenge, string[] scopes, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(credentials.IdentityToken))
            return await SendAsync(() => Post(realm, challenge, scopes), cancellationToken);
        HttpResponseMessage answer = await SendAsync(() => Get(realm, challenge, scopes), cancellationToken);
        if (answer.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed) || !credentials.HasPassword)
            return answer;
        answer.Dispose();
        return await SendAsync(() => Post(realm, challenge, scopes), cancellationToken);
    }

    private Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken) =>
        retries.SendAsync(make, token => http.SendAsync(make(), token), cancellationToken);

    private HttpRequestMessage Get(string realm, Challenge challenge, string[] scopes)
    {
        var query = new StringBuilder(realm);
        void Add(string name, string value) => query.Append(query.ToString().Contains('?', StringComparison.Ordinal) ? '&' : '?').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        if (challenge.Get("service") is { } service)
            Add("service", service);
        foreach (string scope in scopes)
            Add("scope", scope);
        if (IsOffline)
        {
            Add("offline_token", "true");
            Add("client_id", ClientId);
        }
        if (credentials.HasPassword)
            Add("account", credentials.Username!);
        var request = new HttpRequestMessage(HttpMethod.Get, query.ToString());
        if (credentials.HasPassword)
            request.Headers.Authorization = Authenticator.Basic(credentials);
        return request;
    }

    private HttpRequestMessage Post(string realm, Challenge challenge, string[] scopes)
    {
        var form = new Dictionary<string, string>
        {
            ["client_id"] = ClientId,
            ["service"] = challenge.Get("service") ?? "",
            ["scope"] = string.Join(' ', scopes),
        };
        if (!string.IsNullOrEmpty(RefreshToken))
            (form["grant_type"], form["refresh_token"]) = ("refresh_token", RefreshToken);
        else
            (form["grant_type"], form["username"], form["password"]) = ("password", credentials.Username!, credentials.Password!);
        if (IsOffline)
            form["access_type"] = "offline";
        return new HttpRequestMessage(HttpMethod.Post, realm) { Content = new FormUrlEncodedContent(form) };
    }

    private static async Task<TokenResponse> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync(body, RegistryJson.Default.TokenResponse, cancellationToken) ?? new TokenResponse();
        }
        catch (JsonException exception)
        {
            throw new RegistryException(RegistryError.Other, $"unable to decode token response: {exception.Message}", exception);
        }
    }

    /// <summary>OAuth2 servers say "invalid_grant" with a 400; the rest use the registry's own error document.</summary>
    private static async Task<RegistryException> RefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        RegistryException refused = await ErrorReader.ReadAsync(response, cancellationToken);
        if (response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest))
            return refused;
        return new RegistryException(RegistryError.Unauthorized, refused.HasOwnWords ? refused.Message : "unauthorized: incorrect username or password", refused);
    }
}
