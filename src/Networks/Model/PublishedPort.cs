using System.Net;

namespace Argosy.Networks;

/// <summary>A port that is published.</summary>
/// <param name="ContainerPort">The port in the container.</param>
/// <param name="Protocol">"tcp" or "udp".</param>
/// <param name="HostAddress">0.0.0.0: every IPv4 address of the host; ::: every IPv6 one.</param>
/// <param name="HostPort">The host's port, never 0.</param>
public sealed record PublishedPort(ushort ContainerPort, string Protocol, IPAddress HostAddress, ushort HostPort);
