using System.Text.Json.Serialization;

namespace Argosy.Daemon;

/// <summary>The daemon's configuration: <c>daemon.json</c> with Docker's key names and ours, then the command line over it.</summary>
internal sealed record DaemonSettings
{
    [JsonPropertyName("data-root")]
    public string? DataRoot { get; init; }

    [JsonPropertyName("exec-root")]
    public string? ExecRoot { get; init; }

    [JsonPropertyName("hosts")]
    public IReadOnlyList<string>? Hosts { get; init; }

    [JsonPropertyName("group")]
    public string? Group { get; init; }

    [JsonPropertyName("pidfile")]
    public string? PidFile { get; init; }

    [JsonPropertyName("debug")]
    public bool? Debug { get; init; }

    [JsonPropertyName("log-level")]
    public string? LogLevel { get; init; }

    [JsonPropertyName("bridge")]
    public string? Bridge { get; init; }

    [JsonPropertyName("bip")]
    public string? BridgeAddress { get; init; }

    [JsonPropertyName("ipv6")]
    public bool? DefaultBridgeIpv6 { get; init; }

    [JsonPropertyName("fixed-cidr-v6")]
    public string? DefaultBridgeSubnet6 { get; init; }

    [JsonPropertyName("default-address-pools")]
    public IReadOnlyList<AddressPoolSetting>? AddressPools { get; init; }

    [JsonPropertyName("dns")]
    public IReadOnlyList<string>? Dns { get; init; }

    [JsonPropertyName("dns-search")]
    public IReadOnlyList<string>? DnsSearch { get; init; }

    [JsonPropertyName("dns-opts")]
    public IReadOnlyList<string>? DnsOptions { get; init; }

    [JsonPropertyName("ip")]
    public string? PublishAddress { get; init; }

    [JsonPropertyName("mtu")]
    public int? Mtu { get; init; }

    [JsonPropertyName("icc")]
    public bool? InterContainerCommunication { get; init; }

    /// <summary>Ours: "open", or "host-firewall": the host's own input rules decide about published ports.</summary>
    [JsonPropertyName("publish-policy")]
    public string? PublishPolicy { get; init; }

    [JsonPropertyName("insecure-registries")]
    public IReadOnlyList<string>? InsecureRegistries { get; init; }

    /// <summary>Mirrors of docker.io, asked before it.</summary>
    [JsonPropertyName("registry-mirrors")]
    public IReadOnlyList<string>? RegistryMirrors { get; init; }

    /// <summary>Ours: mirrors of any registry, by its host.</summary>
    [JsonPropertyName("argosy-registry-mirrors")]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? MirrorsByRegistry { get; init; }

    /// <summary>Ours: where registries' certificates are, instead of /etc/docker/certs.d and /etc/argosy/certs.d.</summary>
    [JsonPropertyName("argosy-certs-directories")]
    public IReadOnlyList<string>? CertificateDirectories { get; init; }

    [JsonPropertyName("max-concurrent-downloads")]
    public int? MaxConcurrentDownloads { get; init; }

    [JsonPropertyName("max-concurrent-uploads")]
    public int? MaxConcurrentUploads { get; init; }

    [JsonPropertyName("max-download-attempts")]
    public int? MaxDownloadAttempts { get; init; }

    /// <summary>Ours: bytes of a request when a layer is sent; without it each layer is one request.</summary>
    [JsonPropertyName("argosy-upload-chunk-bytes")]
    public int? UploadChunk { get; init; }

    [JsonPropertyName("builder")]
    public BuilderSettings? Builder { get; init; }

    [JsonPropertyName("proxies")]
    public ProxySettings? Proxies { get; init; }

    [JsonPropertyName("default-runtime")]
    public string? DefaultRuntime { get; init; }

    [JsonPropertyName("seccomp-profile")]
    public string? SeccompProfile { get; init; }

    /// <summary>Ours: names the daemon's kernel objects when several run beside each other.</summary>
    [JsonPropertyName("argosy-instance")]
    public string? Instance { get; init; }

    /// <summary>Ours: seconds for which a client that attached and does not read may block a container's output.</summary>
    [JsonPropertyName("argosy-attach-patience")]
    public double? AttachPatience { get; init; }

    /// <summary>Ours: the bytes that one image layer may unpack to.</summary>
    [JsonPropertyName("argosy-max-layer-bytes")]
    public long? MaxLayerBytes { get; init; }

    /// <summary>Ours: the files that one image layer may have.</summary>
    [JsonPropertyName("argosy-max-layer-files")]
    public long? MaxLayerFiles { get; init; }

    /// <summary>These settings with everything that <paramref name="over"/> sets.</summary>
    internal DaemonSettings With(DaemonSettings over) => new()
    {
        DataRoot = over.DataRoot ?? DataRoot,
        ExecRoot = over.ExecRoot ?? ExecRoot,
        Hosts = over.Hosts is { Count: > 0 } ? over.Hosts : Hosts,
        Group = over.Group ?? Group,
        PidFile = over.PidFile ?? PidFile,
        Debug = over.Debug ?? Debug,
        LogLevel = over.LogLevel ?? LogLevel,
        Bridge = over.Bridge ?? Bridge,
        BridgeAddress = over.BridgeAddress ?? BridgeAddress,
        DefaultBridgeIpv6 = over.DefaultBridgeIpv6 ?? DefaultBridgeIpv6,
        DefaultBridgeSubnet6 = over.DefaultBridgeSubnet6 ?? DefaultBridgeSubnet6,
        AddressPools = over.AddressPools ?? AddressPools,
        Dns = over.Dns is { Count: > 0 } ? over.Dns : Dns,
        DnsSearch = over.DnsSearch ?? DnsSearch,
        DnsOptions = over.DnsOptions ?? DnsOptions,
        PublishAddress = over.PublishAddress ?? PublishAddress,
        Mtu = over.Mtu ?? Mtu,
        InterContainerCommunication = over.InterContainerCommunication ?? InterContainerCommunication,
        PublishPolicy = over.PublishPolicy ?? PublishPolicy,
        InsecureRegistries = over.InsecureRegistries is { Count: > 0 } ? over.InsecureRegistries : InsecureRegistries,
        RegistryMirrors = over.RegistryMirrors is { Count: > 0 } ? over.RegistryMirrors : RegistryMirrors,
        MirrorsByRegistry = over.MirrorsByRegistry ?? MirrorsByRegistry,
        CertificateDirectories = over.CertificateDirectories ?? CertificateDirectories,
        MaxConcurrentDownloads = over.MaxConcurrentDownloads ?? MaxConcurrentDownloads,
        MaxConcurrentUploads = over.MaxConcurrentUploads ?? MaxConcurrentUploads,
        MaxDownloadAttempts = over.MaxDownloadAttempts ?? MaxDownloadAttempts,
        UploadChunk = over.UploadChunk ?? UploadChunk,
        Builder = over.Builder ?? Builder,
        Proxies = over.Proxies ?? Proxies,
        DefaultRuntime = over.DefaultRuntime ?? DefaultRuntime,
        SeccompProfile = over.SeccompProfile ?? SeccompProfile,
        Instance = over.Instance ?? Instance,
        AttachPatience = over.AttachPatience ?? AttachPatience,
        MaxLayerBytes = over.MaxLayerBytes ?? MaxLayerBytes,
        MaxLayerFiles = over.MaxLayerFiles ?? MaxLayerFiles,
    };
}
