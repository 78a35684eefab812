using System.Net;

namespace Argosy.Registry;

/// <summary>Knows where a name's registry is, and whether it must prove who it is.</summary>
internal sealed class RegistryHosts(RegistryOptions options)
{
    /// <summary>The host that serves this domain's API.</summary>
    internal static string HostOf(string domain) => domain == "docker.io" ? "registry-1.docker.io" : domain;

    /// <summary>True for loopback addresses and configured registries: TLS is not verified, and plain HTTP will do.</summary>
    internal bool IsInsecure(string domain) => IsLoopback(NameOf(domain)) || options.InsecureRegistries.Any(entry => Matches(entry, domain));

    /// <summary>The mirrors of a registry, in the order in which they are asked.</summary>
    internal IReadOnlyList<Uri> MirrorsOf(string domain) => options.Mirrors.TryGetValue(domain, out IReadOnlyList<Uri>? mirrors) ? mirrors : [];

    private static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    private static bool Matches(string entry, string domain)
    {
        if (entry.Equals(domain, StringComparison.OrdinalIgnoreCase) || entry.Equals(NameOf(domain), StringComparison.OrdinalIgnoreCase))
            return true;
        return IPNetwork.TryParse(entry, out IPNetwork network) && IPAddress.TryParse(NameOf(domain).Trim('[', ']'), out IPAddress? address) && network.Contains(address);
    }

    private static string NameOf(string domain) => Uri.TryCreate("http://" + domain, UriKind.Absolute, out Uri? uri) ? uri.Host : domain;
}
