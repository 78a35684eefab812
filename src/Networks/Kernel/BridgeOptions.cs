using System.Globalization;
using System.Net;
using Argosy.Core;

namespace Argosy.Networks;

/// <summary>The bridge driver's options, Docker's keys. One that we do not know or cannot honour is refused, not ignored.</summary>
internal sealed record BridgeOptions
{
    private const string Prefix = "com.docker.network.";

    internal string? Name { get; private init; }

    internal bool InterContainerCommunication { get; private init; } = true;

    internal bool Masquerade { get; private init; } = true;

    internal IPAddress? PublishAddress { get; private init; }

    internal int? Mtu { get; private init; }

    internal GatewayMode Mode { get; private init; }

    internal GatewayMode Mode6 { get; private init; }

    /// <summary>The bridge gets no IPv4 address: something else on the network is the gateway.</summary>
    internal bool InhibitIpv4 { get; private init; }

    /// <summary>The devices in containers are named by it: "eth" gives eth0, eth1.</summary>
    internal string ContainerPrefix { get; private init; } = "eth";

    /// <exception cref="EngineException">An option that is unknown, or a value that makes no sense.</exception>
    internal static BridgeOptions Parse(IReadOnlyDictionary<string, string> options)
    {
        var parsed = new BridgeOptions();
        foreach ((string key, string value) in options)
            parsed = key switch
            {
                Prefix + "bridge.name" => parsed with { Name = RequireLinkName(value) },
                Prefix + "bridge.enable_icc" => parsed with { InterContainerCommunication = Boolean(key, value) },
                Prefix + "bridge.enable_ip_masquerade" => parsed with { Masquerade = Boolean(key, value) },
                Prefix + "bridge.host_binding_ipv4" => parsed with { PublishAddress = Address(key, value) },
                Prefix + "driver.mtu" => parsed with { Mtu = Number(key, value) },
                Prefix + "container_iface_prefix" => parsed with { ContainerPrefix = RequireLinkName(value) },
                Prefix + "bridge.default_bridge" => parsed,
                Prefix + "bridge.gateway_mode_ipv4" => parsed with { Mode = ParseMode(key, value) },
                Prefix + "bridge.gateway_mode_ipv6" => parsed with { Mode6 = ParseMode(key, value) },
                Prefix + "bridge.inhibit_ipv4" => parsed with { InhibitIpv4 = Boolean(key, value) },
                _ => throw EngineException.NotImplemented($"network driver option {key}={value} is not supported"),
            };
        return parsed;
    }

    private static GatewayMode ParseMode(string key, string value) => value switch
    {
        "" or "nat" => GatewayMode.Nat,
        "nat-unprotected" => GatewayMode.NatUnprotected,
        "routed" => GatewayMode.Routed,
        "isolated" => GatewayMode.Isolated,
        _ => throw EngineException.Invalid($"unknown gateway mode {value}: {key} is nat, nat-unprotected, routed or isolated"),
    };

    private static bool Boolean(string key, string value) => value.ToLowerInvariant() switch
    {
        "1" or "t" or "true" => true,
        "0" or "f" or "false" => false,
        _ => throw EngineException.Invalid($"failed to parse {key} value: \"{value}\": invalid syntax"),
    };

    private static int Number(string key, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 68 and <= 65535
            ? number
            : throw EngineException.Invalid($"failed to parse {key} value: \"{value}\": invalid MTU");

    private static IPAddress Address(string key, string value) =>
        IPAddress.TryParse(value, out IPAddress? address) && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
            ? address
            : throw EngineException.Invalid($"failed to parse {key} value: \"{value}\": invalid IPv4 address");

    /// <summary>What the kernel takes for a device's name, and nft's language too.</summary>
    internal static bool IsLinkName(string value) =>
        value.Length is > 0 and < 16 && value is not ("." or "..") && value.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');

    private static string RequireLinkName(string value) => IsLinkName(value) ? value : throw EngineException.Invalid($"invalid interface name \"{value}\"");
}
