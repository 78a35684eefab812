namespace Argosy.Engine.Containers.Model;

/// <summary>A port to publish (Engine API, PortBinding).</summary>
/// <param name="ContainerPort">The port inside.</param>
/// <param name="Protocol">tcp, udp or sctp.</param>
/// <param name="HostIp">The host's address; empty for all.</param>
/// <param name="HostPort">A port, a range (8000-8010), or empty for any free one.</param>
public sealed record PortBinding(ushort ContainerPort, string Protocol, string HostIp, string HostPort);
