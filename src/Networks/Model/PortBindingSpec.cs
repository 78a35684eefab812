using System.Net;

namespace Argosy.Networks;

/// <summary>A wanted published port.</summary>
/// <param name="ContainerPort">The port in the container.</param>
/// <param name="Protocol">"tcp" or "udp".</param>
/// <param name="HostAddress">An address of the host; null: the network's or the daemon's default, normally all of them, of either family that the container has.</param>
/// <param name="HostPort">The host's port; 0: a free one of the kernel's ephemeral range.</param>
/// <param name="HostPortEnd">When not 0: the first free port from <paramref name="HostPort"/> to this one.</param>
public sealed record PortBindingSpec(ushort ContainerPort, string Protocol, IPAddress? HostAddress, ushort HostPort, ushort HostPortEnd = 0);
