using System.Text.RegularExpressions;
using Argosy.Core;

namespace Argosy.Networks;

/// <summary>Driver options of an endpoint, Docker's keys. One that we do not know is refused, not ignored.</summary>
public sealed partial record EndpointOptions
{
    private const string Prefix = "com.docker.network.endpoint.", DeviceWord = "IFNAME";

    private IReadOnlyList<(string Name, string Value)> settings = [];

    private EndpointOptions()
    {
    }

    /// <summary>What the device in the container is to be called; null: the next free name.</summary>
    public string? InterfaceName { get; private init; }

    /// <summary>Reads them.</summary>
    /// <exception cref="EngineException">An option that is unknown, or a value that makes no sense.</exception>
    public static EndpointOptions Parse(IReadOnlyDictionary<string, string> options)
    {
        var parsed = new EndpointOptions();
        foreach ((string key, string value) in options)
            parsed = key switch
            {
                Prefix + "ifname" => parsed with { InterfaceName = RequireLinkName(value) },
                Prefix + "sysctls" => parsed with { settings = [.. value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ParseSetting)] },
                _ => throw EngineException.NotImplemented($"endpoint driver option {key} is not supported"),
            };
        return parsed;
    }

    /// <summary>The settings of a device of this name.</summary>
    internal IReadOnlyList<KernelSetting> Settings(string device) =>
        [.. settings.Select(setting => new KernelSetting(string.Join('/', setting.Name.Split('.').Select(part => part == DeviceWord ? device : part)), setting.Value))];

    /// <summary>Only settings of one device: anything else would be the whole namespace's, and has an option of its own (--sysctl).</summary>
    private static (string Name, string Value) ParseSetting(string text)
    {
        Match match = Grammar().Match(text);
        return match.Success
            ? (match.Groups["name"].Value, match.Groups["value"].Value)
            : throw EngineException.Invalid($"invalid endpoint settings:\ninvalid sysctl \"{text}\": it is like net.ipv4.conf.{DeviceWord}.log_martians=1");
    }

    private static string RequireLinkName(string value) =>
        BridgeOptions.IsLinkName(value) ? value : throw EngineException.Invalid($"invalid endpoint settings:\ninvalid interface name \"{value}\"");

    [GeneratedRegex(@"^(?<name>net\.(ipv4|ipv6|mpls)\.[a-z0-9_]+\.IFNAME\.[a-z0-9_]+)=(?<value>[^,=\s]*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Grammar();
}
