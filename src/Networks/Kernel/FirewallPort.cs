using System.Net;

namespace Argosy.Networks;

/// <summary>A published port and where it leads.</summary>
internal sealed record FirewallPort(string Protocol, IPAddress HostAddress, ushort HostPort, IPAddress Address, ushort Port);
