namespace Argosy.Registry;

/// <summary>How registries are reached.</summary>
public sealed record RegistryOptions
{
    /// <summary>Hosts (<c>host</c>, <c>host:port</c>) or CIDR blocks to be reached without verified TLS. Loopback addresses always are.</summary>
    public IReadOnlyList<string> InsecureRegistries { get; init; } = [];

    /// <summary>Addresses (<c>https://host[:port]/</c>) asked before a registry itself when pulling, by the registry's domain; in this order.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Uri>> Mirrors { get; init; } = new Dictionary<string, IReadOnlyList<Uri>>();

    /// <summary>
    /// Directories with a directory per registry (<c>host</c> or <c>host:port</c>): <c>*.crt</c> are authorities to trust besides the
    /// system's, <c>*.cert</c> with <c>*.key</c> what we identify ourselves with.
    /// </summary>
    public IReadOnlyList<string> CertificateDirectories { get; init; } = ["/etc/docker/certs.d", "/etc/argosy/certs.d"];

    /// <summary>Which proxy for which address.</summary>
    public ProxyOptions Proxy { get; init; } = ProxyOptions.None;

    /// <summary>What the client calls itself.</summary>
    public string UserAgent { get; init; } = "argosy";

    /// <summary>How often a request or an upload is tried again without getting further.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>How often a layer's download is begun or resumed without getting further.</summary>
    public int DownloadAttempts { get; init; } = 5;

    /// <summary>Layers fetched at once, over all pulls.</summary>
    public int ConcurrentDownloads { get; init; } = 3;

    /// <summary>Layers sent at once, over all pushes.</summary>
    public int ConcurrentUploads { get; init; } = 5;

    /// <summary>Bytes of a request when a blob is sent, or what the registry wants at least; null to send each blob in one request.</summary>
    public int? UploadChunk { get; init; }

    /// <summary>A download that brings nothing for so long is broken.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest that a registry may ask us to wait (<c>Retry-After</c>); who asks for more gets no second request.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(1);
}
