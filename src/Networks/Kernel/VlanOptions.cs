using System.Globalization;
using Argosy.Core;
using Argosy.Linux.Netlink;

namespace Argosy.Networks;

/// <summary>Options of the macvlan and ipvlan drivers, Docker's keys. One that we do not know is refused, not ignored.</summary>
internal sealed record VlanOptions
{
    /// <summary>The device of the host that containers share; empty: one that leads nowhere.</summary>
    internal string Parent { get; private init; } = "";

    internal MacvlanMode Macvlan { get; private init; } = MacvlanMode.Bridge;

    internal IpvlanMode Ipvlan { get; private init; } = IpvlanMode.L2;

    internal int? Mtu { get; private init; }

    /// <exception cref="EngineException">An option that is unknown, or a value that makes no sense.</exception>
    internal static VlanOptions Parse(string driver, IReadOnlyDictionary<string, string> options)
    {
        var parsed = new VlanOptions();
        foreach ((string key, string value) in options)
            parsed = key switch
            {
                "parent" => parsed with { Parent = ParseParent(driver, value) },
                "macvlan_mode" when driver == "macvlan" => parsed with { Macvlan = ParseMacvlan(value) },
                "ipvlan_mode" when driver == "ipvlan" => parsed with { Ipvlan = ParseIpvlan(value) },
                "com.docker.network.driver.mtu" => parsed with { Mtu = ParseMtu(value) },
                _ => throw EngineException.NotImplemented($"network driver option {key}={value} is not supported"),
            };
        return parsed;
    }

    private static string ParseParent(string driver, string value) =>
        value == "lo" ? throw EngineException.Invalid($"loopback interface is not a valid {driver} parent link")
        : BridgeOptions.IsLinkName(value) ? value
        : throw EngineException.Invalid($"invalid interface name \"{value}\"");

    private static MacvlanMode ParseMacvlan(string value) => value switch
    {
        "" or "bridge" => MacvlanMode.Bridge,
        "private" => MacvlanMode.Private,
        "vepa" => MacvlanMode.Vepa,
        "passthru" => MacvlanMode.Passthru,
        _ => throw EngineException.Invalid($"requested macvlan mode '{value}' is not valid, 'bridge' mode is the macvlan driver default"),
    };

    private static IpvlanMode ParseIpvlan(string value) => value switch
    {
        "" or "l2" => IpvlanMode.L2,
        "l3" => IpvlanMode.L3,
        "l3s" => IpvlanMode.L3Symmetric,
        _ => throw EngineException.Invalid($"requested ipvlan mode '{value}' is not valid, 'l2' mode is the ipvlan driver default"),
    };

    private static int ParseMtu(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 68 and <= 65535
            ? number
            : throw EngineException.Invalid($"failed to parse com.docker.network.driver.mtu value: \"{value}\": invalid MTU");
}
