using System.Globalization;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Syntax;

/// <summary>What <c>--network</c> takes: a name, or <c>name=front,alias=web,ip=10.1.0.7</c>.</summary>
internal static class NetworkSyntax
{
    /// <exception cref="FormatException">It is none.</exception>
    public static (string Name, EndpointSettings Settings) Parse(string text)
    {
        if (!text.Contains('=', StringComparison.Ordinal))
            return (text, new EndpointSettings());
        string name = "";
        var aliases = new List<string>();
        var linkLocal = new List<string>();
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        string mac = "";
        int priority = 0;
        var ipam = new EndpointIpamConfig();
        foreach ((string key, string value, bool hasValue) in CommaFields.Parse(text))
        {
            if (!hasValue)
                throw new FormatException($"invalid key value pair {key}");
            switch (key)
            {
                case "name": name = value; break;
                case "alias": aliases.Add(value); break;
                case "ip": ipam = ipam with { IPv4Address = value }; break;
                case "ip6": ipam = ipam with { IPv6Address = value }; break;
                case "link-local-ip": linkLocal.Add(value); break;
                case "mac-address": mac = value; break;
                case "gw-priority": priority = int.TryParse(value, CultureInfo.InvariantCulture, out int number) ? number : throw new FormatException($"invalid gw-priority: {value}"); break;
                case "driver-opt": AddOption(options, value); break;
                default: throw new FormatException($"invalid field key {key}");
            }
        }
        if (name.Length == 0)
            throw new FormatException("network name/id is not specified");
        if (linkLocal.Count > 0)
            ipam = ipam with { LinkLocalIPs = linkLocal };
        return (name, new EndpointSettings
        {
            Aliases = aliases.Count > 0 ? aliases : null,
            IpamConfig = ipam == new EndpointIpamConfig() ? null : ipam,
            MacAddress = mac,
            GwPriority = priority,
            DriverOpts = options.Count > 0 ? options : null,
        });
    }

    private static void AddOption(Dictionary<string, string> options, string value)
    {
        int equals = value.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
            throw new FormatException("invalid key value pair format in driver options");
        options[value[..equals]] = value[(equals + 1)..];
    }
}
