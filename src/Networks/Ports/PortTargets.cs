using System.Net;
using System.Net.Sockets;
using Argosy.Networks.Relay;

namespace Argosy.Networks;

/// <summary>Where a container's published ports lead: to the endpoints that have its default routes.</summary>
/// <param name="Endpoint">IPv4's; null without one.</param>
/// <param name="Endpoint6">IPv6's.</param>
/// <param name="DefaultAddress">The address that the network publishes at; null: the daemon's.</param>
/// <param name="Routed">IPv4 is not translated.</param>
/// <param name="Routed6">IPv6 is not.</param>
internal sealed record PortTargets(Endpoint? Endpoint, Endpoint? Endpoint6, IPAddress? DefaultAddress, bool Routed, bool Routed6)
{
    /// <summary>
    /// Where a port at a host's address leads: to the container's address of the same family, which the kernel does, or from IPv6 to its IPv4
    /// address, which the relay does for what it carries. Null: nowhere.
    /// </summary>
    internal IPAddress? AddressFor(IPAddress host, string protocol) => host.AddressFamily == AddressFamily.InterNetwork
        ? Endpoint?.Address
        : Endpoint6?.Address6 ?? (RelayKey.Carries(protocol) && !Routed ? Endpoint?.Address : null);

    /// <summary>Whether clients of the host's IPv6 addresses reach the container by the relay alone.</summary>
    internal bool NeedsRelay => Endpoint6 is null;

    internal bool IsRouted(IPAddress host) => host.AddressFamily == AddressFamily.InterNetwork ? Routed : Routed6;
}
