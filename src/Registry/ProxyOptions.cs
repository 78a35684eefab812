namespace Argosy.Registry;

/// <summary>Proxies as the usual variables name them.</summary>
/// <param name="Http">For <c>http://</c> addresses; null for none.</param>
/// <param name="Https">For <c>https://</c> addresses; null for none.</param>
/// <param name="Except">Hosts, domains, addresses and CIDR blocks that are reached directly, separated by commas; <c>*</c> for all.</param>
public sealed record ProxyOptions(string? Http, string? Https, string? Except)
{
    /// <summary>No proxy for anything.</summary>
    public static ProxyOptions None { get; } = new(null, null, null);

    /// <summary>From <c>HTTP_PROXY</c>, <c>HTTPS_PROXY</c> and <c>NO_PROXY</c>, in either case (Go's httpproxy.FromEnvironment).</summary>
    public static ProxyOptions FromEnvironment(Func<string, string?> variable) =>
        new(Either(variable, "HTTP_PROXY"), Either(variable, "HTTPS_PROXY"), Either(variable, "NO_PROXY"));

    /// <summary>An address for people to see: its password is not shown.</summary>
    public static string Masked(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.UserInfo.Length > 0 ? address!.Replace(uri.UserInfo + "@", "xxxxx:xxxxx@", StringComparison.Ordinal) : address ?? "";

    private static string? Either(Func<string, string?> variable, string name) =>
        variable(name) is { Length: > 0 } upper ? upper : variable(name.ToLowerInvariant()) is { Length: > 0 } lower ? lower : null;
}
