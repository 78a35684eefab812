using System.Collections.Concurrent;
using Argosy.Core;

namespace Argosy.Registry;

/// <summary>Speaks the OCI distribution protocol (and Docker's registry v2, which is the same) with any registry.</summary>
public sealed partial class RegistryClient : IDisposable
{
    private readonly RegistryOptions options;
    private readonly RegistryHosts hosts;
    private readonly TimeProvider clock;
    private readonly HttpClients clients;
    private readonly RetryPolicy retries;
    private readonly ConcurrentDictionary<string, string> schemes = new(StringComparer.Ordinal);

    /// <summary>Makes a client; one is enough for everything.</summary>
    public RegistryClient(RegistryOptions options, TimeProvider clock)
    {
        (this.options, this.clock) = (options, clock);
        hosts = new RegistryHosts(options);
        clients = new HttpClients(options);
        retries = new RetryPolicy(options, clock);
    }

    /// <summary>Begins a session with one repository. Pulls ask the registry's mirrors first.</summary>
    /// <param name="name">Names the repository; tag and digest do not matter.</param>
    /// <param name="credentials">Who asks.</param>
    /// <param name="access">What for.</param>
    /// <param name="cancellationToken">Ends finding out how the registry is reached.</param>
    /// <exception cref="RegistryException"><see cref="RegistryError.Unreachable"/>.</exception>
    public async Task<RegistrySession> OpenAsync(ImageReference name, RegistryCredentials credentials, RegistryAccess access, CancellationToken cancellationToken)
    {
        var endpoints = new List<RegistryEndpoint>();
        if (access == RegistryAccess.Pull)
            endpoints.AddRange(hosts.MirrorsOf(name.Domain).Select(Mirror));
        endpoints.Add(await ConnectAsync(name.Domain, credentials, cancellationToken));
        string scope = $"repository:{name.Path}:{(access == RegistryAccess.Push ? "pull,push" : "pull")}";
        foreach (RegistryEndpoint endpoint in endpoints)
            endpoint.Requester.Authenticator.AddScope(scope);
        return new RegistrySession(endpoints, name.Path, options);
    }

    /// <summary>Checks credentials with a registry (<c>docker login</c>).</summary>
    /// <param name="domain">The registry's host, <c>docker.io</c> for Docker's own.</param>
    /// <param name="credentials">Who says to be whom.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The identity token that stands for the password from now on; null where the registry gives none.</returns>
    /// <exception cref="RegistryException"><see cref="RegistryError.Unauthorized"/> when they are wrong.</exception>
    public async Task<string?> CheckAsync(string domain, RegistryCredentials credentials, CancellationToken cancellationToken)
    {
        using RegistryEndpoint endpoint = await ConnectAsync(domain, credentials, cancellationToken);
        endpoint.Requester.Authenticator.WantsRefreshToken = true;
        using HttpResponseMessage response = await endpoint.Requester.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, endpoint.Root), cancellationToken);
        return response.IsSuccessStatusCode ? endpoint.Requester.Authenticator.RefreshToken : throw await ErrorReader.ReadAsync(response, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => clients.Dispose();

    private async Task<RegistryEndpoint> ConnectAsync(string domain, RegistryCredentials credentials, CancellationToken cancellationToken)
    {
        bool insecure = hosts.IsInsecure(domain);
        string host = RegistryHosts.HostOf(domain);
        HttpClient http = clients.For(host, verifies: !insecure);
        string scheme = insecure ? await SchemeAsync(http, host, cancellationToken) : "https";
        return Endpoint(http, credentials, new Uri($"{scheme}://{host}/v2/"));
    }

    /// <summary>A mirror is asked as nobody: the registry's password is not for other hosts.</summary>
    private RegistryEndpoint Mirror(Uri address) =>
        Endpoint(clients.For(address.Authority, verifies: !hosts.IsInsecure(address.Authority)), RegistryCredentials.Anonymous, new Uri(address, "v2/"));

    private RegistryEndpoint Endpoint(HttpClient http, RegistryCredentials credentials, Uri root) =>
        new(new Requester(http, new Authenticator(http, credentials, retries, clock), retries), root);

    /// <summary>An insecure registry may speak TLS all the same; what it speaks is found out once.</summary>
    private async Task<string> SchemeAsync(HttpClient http, string host, CancellationToken cancellationToken)
    {
        if (schemes.TryGetValue(host, out string? known))
            return known;
        string scheme = await AnswersAsync(http, $"https://{host}/v2/", cancellationToken) ? "https" : "http";
        if (scheme == "https" || await AnswersAsync(http, $"http://{host}/v2/", cancellationToken))
            schemes[host] = scheme;
        return scheme;
    }

    private static async Task<bool> AnswersAsync(HttpClient http, string address, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await http.GetAsync(new Uri(address), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
