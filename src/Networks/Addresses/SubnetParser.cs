using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Argosy.Core;

namespace Argosy.Networks;

/// <summary>Reads a wanted subnet, with the checks and words that Docker has for it.</summary>
internal static class SubnetParser
{
    /// <param name="spec">What the user wrote; its subnet is set.</param>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> with what is wrong.</exception>
    internal static SubnetRecord Parse(SubnetSpec spec)
    {
        IPNetwork subnet = ParseNetwork("subnet", spec.Subnet);
        if (subnet.PrefixLength > AddressNumber.Bits(subnet.BaseAddress.AddressFamily) - 2)
            throw Wrong($"invalid subnet {spec.Subnet}: it has no address for a container");
        IPNetwork? range = spec.Range.Length == 0 ? null : ParseNetwork("ip-range", spec.Range);
        if (range is { } part && !AddressNumber.Contains(subnet, part))
            throw Wrong($"invalid ip-range {spec.Range}: parent subnet {spec.Subnet} does not contain it");
        return new SubnetRecord
        {
            Subnet = subnet,
            Range = range,
            Gateway = spec.Gateway.Length == 0 ? DefaultGateway(subnet, range) : ParseMember("gateway", spec.Gateway, subnet),
            Auxiliary = spec.Auxiliary.ToDictionary(pair => pair.Key, pair => ParseMember("auxiliary address", pair.Value, subnet)),
        };
    }

    /// <summary>Which family a subnet is of, before it is checked; it decides whether it is looked at at all.</summary>
    internal static AddressFamily FamilyOf(string subnet) => subnet.Contains(':', StringComparison.Ordinal) ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;

    /// <summary>The first address that containers could have had.</summary>
    internal static IPAddress DefaultGateway(IPNetwork subnet, IPNetwork? range = null)
    {
        UInt128 first = UInt128.Max(AddressNumber.First(subnet) + 1, range is { } part ? AddressNumber.First(part) : 0);
        return AddressNumber.ToAddress(first, subnet.BaseAddress.AddressFamily);
    }

    private static IPNetwork ParseNetwork(string what, string text)
    {
        if (!text.Contains('/', StringComparison.Ordinal))
            throw Wrong($"invalid {what} {text}: invalid CIDR block notation");
        string[] parts = text.Split('/', 2);
        if (!IPAddress.TryParse(parts[0], out IPAddress? address) || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            || length > AddressNumber.Bits(address.AddressFamily))
            throw Wrong($"invalid {what} {text}: invalid CIDR address: {text}");
        IPNetwork network = AddressNumber.NetworkOf(address, length);
        if (what == "subnet" && !network.BaseAddress.Equals(address))
            throw Wrong($"invalid network config:\ninvalid subnet {text}: it should be {network}");
        return network;
    }

    private static IPAddress ParseMember(string what, string text, IPNetwork subnet)
    {
        if (!IPAddress.TryParse(text, out IPAddress? address))
            throw Wrong($"invalid {what} {text}: invalid address");
        return address.AddressFamily == subnet.BaseAddress.AddressFamily && subnet.Contains(address)
            ? address
            : throw Wrong($"invalid {what} {text}: parent subnet {subnet} does not contain it");
    }

    private static EngineException Wrong(string message) => EngineException.Invalid(message.StartsWith("invalid network config", StringComparison.Ordinal) ? message : "invalid network config:\n" + message);
}
