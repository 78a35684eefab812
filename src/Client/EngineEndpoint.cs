using System.Globalization;

namespace Argosy.Client;

/// <summary>Where an engine listens: a unix socket or a TCP port, the latter with TLS when there are certificates.</summary>
public sealed record EngineEndpoint
{
    private const int PlainPort = 2375;
    private const int TlsPort = 2376;

    private EngineEndpoint(string uri) => Uri = uri;

    /// <summary>The socket of the host's main daemon.</summary>
    public static EngineEndpoint Default { get; } = new("unix:///run/argosy/argosy.sock") { SocketPath = "/run/argosy/argosy.sock" };

    /// <summary>The endpoint as the user wrote it.</summary>
    public string Uri { get; }

    /// <summary>The path of a unix socket; null for TCP.</summary>
    public string? SocketPath { get; private init; }

    /// <summary>The host of a TCP endpoint; empty for a unix socket.</summary>
    public string Host { get; private init; } = "";

    /// <summary>The port of a TCP endpoint.</summary>
    public int Port { get; private init; }

    /// <summary>Certificates for a TCP endpoint; null speaks without TLS.</summary>
    public TlsFiles? Tls { get; private init; }

    /// <summary>Reads <c>unix:///path</c>, <c>tcp://host[:port]</c>, <c>http://…</c> or <c>https://…</c>.</summary>
    /// <exception cref="FormatException">The text is none of these, or names a transport that Argosy does not speak.</exception>
    public static EngineEndpoint Parse(string text, TlsFiles? tls = null)
    {
        if (text.StartsWith("unix://", StringComparison.Ordinal))
            return new EngineEndpoint(text) { SocketPath = RequirePath(text["unix://".Length..], text) };
        foreach (string refused in (ReadOnlySpan<string>)["ssh://", "npipe://", "fd://"])
        {
            if (text.StartsWith(refused, StringComparison.Ordinal))
                throw new FormatException($"the transport {refused} is not supported; use unix:// or tcp:// (forward the socket with 'ssh -L' for a remote engine)");
        }
        int scheme = text.IndexOf("://", StringComparison.Ordinal);
        return scheme > 0 && text[..scheme] is "tcp" or "http" or "https"
            ? ParseTcp(text, text[(scheme + 3)..], tls)
            : throw new FormatException($"unable to parse docker host `{text}`");
    }

    private static string RequirePath(string path, string text) =>
        path.Length > 0 ? path : throw new FormatException($"unable to parse docker host `{text}`");

    private static EngineEndpoint ParseTcp(string text, string authority, TlsFiles? tls)
    {
        authority = authority.TrimEnd('/');
        int colon = authority.LastIndexOf(':');
        bool hasPort = colon > authority.LastIndexOf(']');
        int port = tls is null ? PlainPort : TlsPort;
        if (hasPort && !int.TryParse(authority.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port))
            throw new FormatException($"unable to parse docker host `{text}`");
        string host = (hasPort ? authority[..colon] : authority).Trim('[', ']');
        return new EngineEndpoint(text) { Host = host.Length == 0 ? "127.0.0.1" : host, Port = port, Tls = tls };
    }

    /// <inheritdoc/>
    public override string ToString() => Uri;
}
