using System.Net;
using System.Net.Sockets;

namespace Argosy.Networks;

/// <summary>Where a container's published ports lead: to the endpoints that have its default routes.</summary>
/// <param name="Endpoint">IPv4's; null without one.</param>
/// <param name="Endpoint6">IPv6's.</param>
/// <param name="DefaultAddress">The address that the network publishes at; null: the daemon's.</param>
/// <param name="Routed">IPv4 is not translated.</param>
/// <param name="Routed6">IPv6 is not.</param>
internal sealed record PortTargets(Endpoint? Endpoint, Endpoint? Endpoint6, IPAddress? DefaultAddress, bool Routed, bool Routed6)
{
    /// <summary>The container's address of the family of a host's address; null without one.</summary>
    internal IPAddress? AddressFor(IPAddress host) => host.AddressFamily == AddressFamily.InterNetwork ? Endpoint?.Address : Endpoint6?.Address6;

    internal bool IsRouted(IPAddress host) => host.AddressFamily == AddressFamily.InterNetwork ? Routed : Routed6;
}
