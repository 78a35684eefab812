using System.Collections.Concurrent;

namespace Argosy.Registry;

/// <summary>The HTTP clients: one per registry host and certificates, so that connections are kept, and new files in certs.d are seen by the next pull.</summary>
internal sealed class HttpClients(RegistryOptions options) : IDisposable
{
    private readonly ConcurrentDictionary<(string Host, bool Verifies, string Certificates), Lazy<HttpClient>> clients = new();
    private readonly ProxyRules proxy = new(options.Proxy);

    /// <summary>The client for a host.</summary>
    /// <param name="host">host or host:port, as the directories in certs.d are named.</param>
    /// <param name="verifies">Whether the registry must prove who it is.</param>
    /// <exception cref="RegistryException">The host's certificates cannot be read.</exception>
    internal HttpClient For(string host, bool verifies)
    {
        string certificates = HostCertificates.Fingerprint(options.CertificateDirectories, host);
        // Hosts without certificates of their own share one: connections are pooled by address anyway.
        string owner = certificates.Length == 0 ? "" : host;
        return clients.GetOrAdd((owner, verifies, certificates), key => new Lazy<HttpClient>(() => Make(host, key.Verifies))).Value;
    }

    public void Dispose()
    {
        foreach (Lazy<HttpClient> client in clients.Values.Where(client => client.IsValueCreated))
            client.Value.Dispose();
    }

    private HttpClient Make(string host, bool verifies)
    {
        var handler = new SocketsHttpHandler
        {
            SslOptions = HostCertificates.Read(options.CertificateDirectories, host).ToOptions(verifies),
            Proxy = proxy,
            UseProxy = true,
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
