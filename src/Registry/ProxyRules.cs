using System.Net;

namespace Argosy.Registry;

/// <summary>
/// Which proxy an address is reached through. .NET's own reading of the variables knows no CIDR blocks, and lets <c>example.com</c>
/// in NO_PROXY stand for that host alone; the world's configurations mean what Go's httpproxy means.
/// </summary>
internal sealed class ProxyRules : IWebProxy
{
    private readonly Uri? http;
    private readonly Uri? https;
    private readonly string[] exceptions;

    internal ProxyRules(ProxyOptions options)
    {
        (http, https) = (Parse(options.Http), Parse(options.Https));
        exceptions = (options.Except ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Credentials = new UserInfo();
    }

    public ICredentials? Credentials { get; set; }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : Of(destination);

    public bool IsBypassed(Uri host) => Of(host) is null || IsLocal(host) || exceptions.Any(entry => Matches(entry, host));

    private Uri? Of(Uri destination) => destination.Scheme == Uri.UriSchemeHttps ? https : http;

    private static bool IsLocal(Uri uri) =>
        uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    private static bool Matches(string entry, Uri uri)
    {
        if (entry == "*")
            return true;
        string host = uri.Host.Trim('[', ']');
        if (IPAddress.TryParse(host, out IPAddress? address) && IPNetwork.TryParse(entry, out IPNetwork network))
            return network.Contains(address);
        (string name, int? port) = SplitPort(entry);
        if (port is not null && port != uri.Port)
            return false;
        if (name.StartsWith("*.", StringComparison.Ordinal))
            name = name[1..];
        bool onlyBelow = name.StartsWith('.');
        return onlyBelow ? host.EndsWith(name, StringComparison.OrdinalIgnoreCase)
            : host.Equals(name, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + name, StringComparison.OrdinalIgnoreCase);
    }

    private static (string Name, int? Port) SplitPort(string entry)
    {
        int colon = entry.LastIndexOf(':');
        bool hasPort = colon > 0 && entry.IndexOf(':', StringComparison.Ordinal) == colon && int.TryParse(entry[(colon + 1)..], out _);
        return hasPort ? (entry[..colon], int.Parse(entry[(colon + 1)..], System.Globalization.CultureInfo.InvariantCulture)) : (entry, null);
    }

    /// <summary>A proxy without a scheme is an HTTP proxy.</summary>
    private static Uri? Parse(string? text) => string.IsNullOrEmpty(text) ? null
        : new Uri(text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text);

    /// <summary>The name and password in the proxy's own address.</summary>
    private sealed class UserInfo : ICredentials
    {
        public NetworkCredential? GetCredential(Uri uri, string authType)
        {
            string[] parts = uri.UserInfo.Split(':', 2);
            return parts[0].Length == 0 ? null : new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
        }
    }
}
