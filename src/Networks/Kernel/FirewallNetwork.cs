using System.Net;

namespace Argosy.Networks;

/// <summary>What the firewall must know of a network.</summary>
internal sealed record FirewallNetwork(string Bridge, IPNetwork Subnet, bool Internal, bool InterContainerCommunication, bool Masquerade);
