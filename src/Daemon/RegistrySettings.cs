using Argosy.Core;
using Argosy.Registry;

namespace Argosy.Daemon;

/// <summary>What the settings say about registries.</summary>
internal static class RegistrySettings
{
    private const string Hub = "docker.io";

    /// <exception cref="InvalidDataException">A setting cannot be honoured.</exception>
    internal static RegistryOptions Resolve(DaemonSettings settings)
    {
        var defaults = new RegistryOptions();
        return defaults with
        {
            InsecureRegistries = settings.InsecureRegistries ?? [],
            Mirrors = Mirrors(settings),
            CertificateDirectories = settings.CertificateDirectories ?? defaults.CertificateDirectories,
            ConcurrentDownloads = Positive("max-concurrent-downloads", settings.MaxConcurrentDownloads, defaults.ConcurrentDownloads),
            ConcurrentUploads = Positive("max-concurrent-uploads", settings.MaxConcurrentUploads, defaults.ConcurrentUploads),
            DownloadAttempts = Positive("max-download-attempts", settings.MaxDownloadAttempts, defaults.DownloadAttempts),
            UploadChunk = Chunk(settings.UploadChunk),
            Proxy = Proxies(settings.Proxies),
            UserAgent = "argosy/" + EngineVersion.Text,
        };
    }

    private static Dictionary<string, IReadOnlyList<Uri>> Mirrors(DaemonSettings settings)
    {
        var mirrors = new Dictionary<string, IReadOnlyList<Uri>>(StringComparer.OrdinalIgnoreCase);
        foreach ((string registry, IReadOnlyList<string> addresses) in settings.MirrorsByRegistry ?? new Dictionary<string, IReadOnlyList<string>>())
            mirrors[registry] = [.. addresses.Select(Mirror)];
        if (settings.RegistryMirrors is { Count: > 0 } ofHub)
            mirrors[Hub] = [.. ofHub.Select(Mirror), .. mirrors.GetValueOrDefault(Hub) ?? []];
        return mirrors;
    }

    /// <summary>dockerd's rules for a mirror, and its words.</summary>
    private static Uri Mirror(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
            throw new InvalidDataException($"invalid mirror: \"{text}\" is not a valid URI");
        if (uri.Scheme is not ("http" or "https"))
            throw new InvalidDataException($"invalid mirror: unsupported scheme \"{uri.Scheme}\" in \"{text}\"");
        if (uri.AbsolutePath != "/" || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            throw new InvalidDataException($"invalid mirror: path, query, or fragment at end of the URI \"{text}\"");
        return uri.UserInfo.Length > 0 ? throw new InvalidDataException($"invalid mirror: username/password not allowed in URI \"{ProxyOptions.Masked(text)}\"") : uri;
    }

    private static ProxyOptions Proxies(ProxySettings? settings)
    {
        ProxyOptions environment = ProxyOptions.FromEnvironment(Environment.GetEnvironmentVariable);
        return new ProxyOptions(Proxy("http-proxy", settings?.Http ?? environment.Http), Proxy("https-proxy", settings?.Https ?? environment.Https), settings?.Except ?? environment.Except);
    }

    private static string? Proxy(string key, string? address)
    {
        if (string.IsNullOrEmpty(address) || Uri.TryCreate(address.Contains("://", StringComparison.Ordinal) ? address : "http://" + address, UriKind.Absolute, out _))
            return address;
        throw new InvalidDataException($"{key}: {ProxyOptions.Masked(address)} is no address");
    }

    /// <summary>Each chunk is kept in memory until the registry has it, for every layer that is being sent.</summary>
    private static int? Chunk(int? bytes) => bytes is null or (>= 64 * 1024 and <= 256 * 1024 * 1024)
        ? bytes
        : throw new InvalidDataException($"argosy-upload-chunk-bytes: {bytes} is not between 64 KiB and 256 MiB");

    private static int Positive(string key, int? value, int otherwise) => value switch
    {
        null or 0 => otherwise,
        > 0 and var count => count,
        _ => throw new InvalidDataException($"invalid {key.Replace('-', ' ')}: {value}"),
    };
}
