using System.Net;

namespace Argosy.Networks;

/// <summary>A port that is published.</summary>
/// <param name="ContainerPort">The port in the container.</param>
/// <param name="Protocol">"tcp" or "udp".</param>
/// <param name="HostAddress">0.0.0.0: every address of the host.</param>
/// <param name="HostPort">The host's port, never 0.</param>
public sealed record PublishedPort(ushort ContainerPort, string Protocol, IPAddress HostAddress, ushort HostPort);
