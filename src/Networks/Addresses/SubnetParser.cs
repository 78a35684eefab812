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
        if (subnet.PrefixLength > 30)
            throw Wrong($"invalid subnet {spec.Subnet}: it has no address for a container");
        IPNetwork? range = spec.Range.Length == 0 ? null : ParseNetwork("ip-range", spec.Range);
        if (range is { } part && !Ipv4.Contains(subnet, part))
            throw Wrong($"invalid ip-range {spec.Range}: parent subnet {spec.Subnet} does not contain it");
        return new SubnetRecord
        {
            Subnet = subnet,
            Range = range,
            Gateway = spec.Gateway.Length == 0 ? DefaultGateway(subnet, range) : ParseMember("gateway", spec.Gateway, subnet),
            Auxiliary = spec.Auxiliary.ToDictionary(pair => pair.Key, pair => ParseMember("auxiliary address", pair.Value, subnet)),
        };
    }

    /// <summary>The first address that containers could have had.</summary>
    internal static IPAddress DefaultGateway(IPNetwork subnet, IPNetwork? range = null)
    {
        uint first = Math.Max(Ipv4.First(subnet) + 1, range is { } part ? Ipv4.First(part) : 0);
        return Ipv4.ToAddress(first);
    }

    private static IPNetwork ParseNetwork(string what, string text)
    {
        if (!text.Contains('/', StringComparison.Ordinal))
            throw Wrong($"invalid {what} {text}: invalid CIDR block notation");
        string[] parts = text.Split('/', 2);
        if (!IPAddress.TryParse(parts[0], out IPAddress? address) || !int.TryParse(parts[1], out int length) || length < 0)
            throw Wrong($"invalid {what} {text}: invalid CIDR address: {text}");
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            throw EngineException.NotImplemented($"IPv6 {what} {text}: Argosy's networks are IPv4 only");
        if (length > 32)
            throw Wrong($"invalid {what} {text}: invalid CIDR address: {text}");
        uint mask = length == 0 ? 0 : uint.MaxValue << (32 - length);
        uint number = Ipv4.ToNumber(address);
        if (what == "subnet" && (number & ~mask) != 0)
            throw Wrong($"invalid network config:\ninvalid subnet {text}: it should be {Ipv4.ToAddress(number & mask)}/{length}");
        return new IPNetwork(Ipv4.ToAddress(number & mask), length);
    }

    private static IPAddress ParseMember(string what, string text, IPNetwork subnet)
    {
        if (!IPAddress.TryParse(text, out IPAddress? address))
            throw Wrong($"invalid {what} {text}: invalid address");
        return address.AddressFamily == AddressFamily.InterNetwork && subnet.Contains(address)
            ? address
            : throw Wrong($"invalid {what} {text}: parent subnet {subnet} does not contain it");
    }

    private static EngineException Wrong(string message) => EngineException.Invalid(message.StartsWith("invalid network config", StringComparison.Ordinal) ? message : "invalid network config:\n" + message);
}
