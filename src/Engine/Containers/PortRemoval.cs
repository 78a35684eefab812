namespace Argosy.Engine.Containers;

/// <summary>A published port that is to be taken back.</summary>
/// <param name="HostIp">At this address of the host; empty: at whichever it is.</param>
/// <param name="HostPort">The host's port.</param>
/// <param name="Protocol">"tcp", "udp" or "sctp".</param>
public sealed record PortRemoval(string HostIp, ushort HostPort, string Protocol);
