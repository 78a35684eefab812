using System.Net;
using System.Text.Json;

namespace Argosy.Registry;

/// <content>Searching: the one thing that only the registry API of version 1 has.</content>
public sealed partial class RegistryClient
{
    private const string Hub = "index.docker.io";

    /// <summary>Searches a registry for repositories (<c>GET /v1/search</c>).</summary>
    /// <param name="domain">The registry's host, <c>docker.io</c> for Docker's own.</param>
    /// <param name="term">What to look for.</param>
    /// <param name="limit">The most results that are wanted.</param>
    /// <param name="credentials">Who asks; only a name with a password counts here.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RegistryException"><see cref="RegistryError.NoSearch"/> when the registry has no such API, as most have not.</exception>
    public async Task<IReadOnlyList<FoundRepository>> SearchAsync(string domain, string term, int limit, RegistryCredentials credentials, CancellationToken cancellationToken)
    {
        using RegistryEndpoint endpoint = await ConnectAsync(domain == "docker.io" ? Hub : domain, credentials, cancellationToken);
        var address = new Uri(endpoint.Root, $"/v1/search?q={Uri.EscapeDataString(term)}&n={limit}");
        using HttpResponseMessage response = await endpoint.Requester.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, address), cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed)
            throw new RegistryException(RegistryError.NoSearch, $"the registry {domain} has no search API: {address.GetLeftPart(UriPartial.Path)} answered {(int)response.StatusCode} {response.ReasonPhrase}");
        if (!response.IsSuccessStatusCode)
            throw await ErrorReader.ReadAsync(response, cancellationToken);
        try
        {
            await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return (await JsonSerializer.DeserializeAsync(body, RegistryJson.Default.SearchAnswer, cancellationToken))?.Results ?? [];
        }
        catch (JsonException exception)
        {
            throw new RegistryException(RegistryError.NoSearch, $"the registry {domain} has no search API: its answer to {address.GetLeftPart(UriPartial.Path)} is no search result", exception);
        }
    }
}
