using Argosy.Cli.CommandLine;
using Argosy.Client;

namespace Argosy.Cli.Session;

/// <summary>Which engine the user means: -H, then ARGOSY_HOST, then DOCKER_HOST, then the host's own daemon.</summary>
internal static class EngineSelection
{
    public static EngineClient Connect(GlobalOptions options)
    {
        string? apiVersion = Environment.GetEnvironmentVariable("DOCKER_API_VERSION");
        return new EngineClient(Endpoint(options), string.IsNullOrEmpty(apiVersion) ? null : apiVersion.TrimStart('v'));
    }

    private static EngineEndpoint Endpoint(GlobalOptions options)
    {
        string? host = options.Host ?? NonEmpty("ARGOSY_HOST") ?? NonEmpty("DOCKER_HOST");
        if (host is null && NonEmpty("DOCKER_CONTEXT") is { } context && context != "default")
            throw new CliException($"DOCKER_CONTEXT={context}: contexts are not supported; name the engine with -H or ARGOSY_HOST");
        return host is null ? EngineEndpoint.Default : EngineEndpoint.Parse(host, Tls(options));
    }

    private static TlsFiles? Tls(GlobalOptions options)
    {
        bool verify = options.TlsVerify || NonEmpty("DOCKER_TLS_VERIFY") is not null;
        bool isNamed = options.TlsCaCertificate is not null || options.TlsCertificate is not null || options.TlsKey is not null;
        if (!verify && !options.Tls && !isNamed)
            return null;
        var files = TlsFiles.FromDirectory(NonEmpty("DOCKER_CERT_PATH") ?? ConfigDirectory(options), verify);
        return new TlsFiles(
            options.TlsCaCertificate ?? files.CertificateAuthority, options.TlsCertificate ?? files.Certificate, options.TlsKey ?? files.Key, verify);
    }

    /// <summary>The directory of config.json, shared with Docker's clients.</summary>
    public static string ConfigDirectory(GlobalOptions options) =>
        options.ConfigDirectory ?? NonEmpty("DOCKER_CONFIG")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker");

    private static string? NonEmpty(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
