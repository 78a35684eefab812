using System.Net;
using System.Net.Sockets;

namespace Argosy.Networks;

/// <summary>A published port and where it leads; both addresses are of one family.</summary>
/// <param name="Protocol">"tcp", "udp" or "sctp".</param>
/// <param name="HostAddress">The host's, or all of them.</param>
/// <param name="HostPort">0: nothing is translated, the container's own port is open (gateway mode "routed").</param>
/// <param name="Address">The container's.</param>
/// <param name="Port">The container's.</param>
internal sealed record FirewallPort(string Protocol, IPAddress HostAddress, ushort HostPort, IPAddress Address, ushort Port)
{
    internal bool IsIpv6 => Address.AddressFamily == AddressFamily.InterNetworkV6;

    internal bool IsRouted => HostPort == 0;
}
