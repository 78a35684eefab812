using System.Net;
using System.Net.Sockets;
using Argosy.Contract.Containers;
using Argosy.Core;

namespace Argosy.Api.Routes.Networks;

/// <summary>The addresses that an endpoint asks for, parsed with Docker's words for what is wrong (moby, EndpointIPAMConfig.Validate).</summary>
internal static class EndpointAddresses
{
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/>.</exception>
    internal static void Check(EndpointIpamConfig? config)
    {
        ParseIpv4(config);
        ParseIpv6(config);
        ParseLinkLocal(config);
    }

    internal static IPAddress? ParseIpv4(EndpointIpamConfig? config) => Parse(config?.IPv4Address, AddressFamily.InterNetwork, "IPv4");

    internal static IPAddress? ParseIpv6(EndpointIpamConfig? config) => Parse(config?.IPv6Address, AddressFamily.InterNetworkV6, "IPv6");

    internal static IReadOnlyList<IPAddress> ParseLinkLocal(EndpointIpamConfig? config) => [.. (config?.LinkLocalIPs ?? []).Select(ParseLinkLocal)];

    private static IPAddress? Parse(string? text, AddressFamily family, string name) =>
        string.IsNullOrEmpty(text) ? null
        : IPAddress.TryParse(text, out IPAddress? address) && address.AddressFamily == family ? address
        : throw EngineException.Invalid($"invalid endpoint settings:\ninvalid {name} address: {text}");

    private static IPAddress ParseLinkLocal(string text) =>
        IPAddress.TryParse(text, out IPAddress? address) && (address.IsIPv6LinkLocal || address.GetAddressBytes() is [169, 254, _, _]) ? address
        : throw EngineException.Invalid($"invalid endpoint settings:\ninvalid link-local IP address: {text}");
}
