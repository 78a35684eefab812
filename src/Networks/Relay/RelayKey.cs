using System.Net;

namespace Argosy.Networks.Relay;

/// <summary>A port of the host that the relay listens at.</summary>
/// <param name="Protocol">"tcp" or "udp".</param>
/// <param name="Address">One of the host's IPv6 addresses, or ::.</param>
/// <param name="Port">The port.</param>
internal sealed record RelayKey(string Protocol, IPAddress Address, ushort Port)
{
    /// <summary>Whether the relay can carry a protocol.</summary>
    internal static bool Carries(string protocol) => protocol is "tcp" or "udp";

    /// <summary>Whether the relay listens at a published port: at every one of IPv6 whose protocol it can carry.</summary>
    internal static bool IsRelayed(string protocol, IPAddress address) => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 && Carries(protocol);

    /// <summary>[::]:8080/tcp.</summary>
    public override string ToString() => $"[{Address}]:{Port}/{Protocol}";
}
