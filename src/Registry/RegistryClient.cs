using System.Collections.Concurrent;
using System.Net.Security;
using Argosy.Core;

namespace Argosy.Registry;

/// <summary>Speaks the OCI distribution protocol (and Docker's registry v2, which is the same) with any registry.</summary>
public sealed class RegistryClient : IDisposable
{
    private readonly RegistryOptions options;
    private readonly RegistryHosts hosts;
    private readonly TimeProvider clock;
    private readonly HttpClient verified;
    private readonly HttpClient unverified;
    private readonly ConcurrentDictionary<string, string> schemes = new(StringComparer.Ordinal);

    /// <summary>Makes a client; one is enough for everything.</summary>
    public RegistryClient(RegistryOptions options, TimeProvider clock)
    {
        (this.options, this.clock) = (options, clock);
        hosts = new RegistryHosts(options);
        verified = Make(new SslClientAuthenticationOptions());
#pragma warning disable CA5359 // Only for registries that the administrator named insecure, and loopback ones.
        unverified = Make(new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true });
#pragma warning restore CA5359
    }

    /// <summary>Begins a session with one repository.</summary>
    /// <param name="name">Names the repository; tag and digest do not matter.</param>
    /// <param name="credentials">Who asks.</param>
    /// <param name="access">What for.</param>
    /// <param name="cancellationToken">Ends finding out how the registry is reached.</param>
    /// <exception cref="RegistryException"><see cref="RegistryError.Unreachable"/>.</exception>
    public async Task<RegistrySession> OpenAsync(ImageReference name, RegistryCredentials credentials, RegistryAccess access, CancellationToken cancellationToken)
    {
        (Requester requester, Uri root) = await ConnectAsync(name.Domain, credentials, cancellationToken);
        requester.Authenticator.AddScope($"repository:{name.Path}:{(access == RegistryAccess.Push ? "pull,push" : "pull")}");
        return new RegistrySession(requester, root, name.Path, options);
    }

    /// <summary>Checks credentials with a registry (<c>docker login</c>).</summary>
    /// <param name="domain">The registry's host, <c>docker.io</c> for Docker's own.</param>
    /// <param name="credentials">Who says to be whom.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RegistryException"><see cref="RegistryError.Unauthorized"/> when they are wrong.</exception>
    public async Task CheckAsync(string domain, RegistryCredentials credentials, CancellationToken cancellationToken)
    {
        (Requester requester, Uri root) = await ConnectAsync(domain, credentials, cancellationToken);
        using (requester)
        using (HttpResponseMessage response = await requester.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, root), cancellationToken))
        {
            if (!response.IsSuccessStatusCode)
                throw await ErrorReader.ReadAsync(response, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        verified.Dispose();
        unverified.Dispose();
    }

    private async Task<(Requester Requester, Uri Root)> ConnectAsync(string domain, RegistryCredentials credentials, CancellationToken cancellationToken)
    {
        bool insecure = hosts.IsInsecure(domain);
        HttpClient http = insecure ? unverified : verified;
        string host = RegistryHosts.HostOf(domain);
        string scheme = insecure ? await SchemeAsync(http, host, cancellationToken) : "https";
        return (new Requester(http, new Authenticator(http, credentials, clock), options, clock), new Uri($"{scheme}://{host}/v2/"));
    }

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

    private HttpClient Make(SslClientAuthenticationOptions tls)
    {
        var handler = new SocketsHttpHandler
        {
            SslOptions = tls,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AllowAutoRedirect = true,
            UseCookies = false,
        };
        var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.ParseAdd(options.UserAgent);
        return http;
    }
}
