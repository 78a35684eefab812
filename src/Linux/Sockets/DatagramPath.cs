namespace Argosy.Linux.Sockets;

/// <summary>Between whom a datagram of IPv6 went, as the kernel writes it (network order).</summary>
/// <param name="Peer">The sender's address.</param>
/// <param name="PeerPort">The sender's port.</param>
/// <param name="PeerScope">The device that a link-local sender is behind; else 0.</param>
/// <param name="Asked">The address of this host that it was sent to.</param>
/// <param name="Device">The device that it came by.</param>
public readonly record struct DatagramPath(UInt128 Peer, ushort PeerPort, uint PeerScope, UInt128 Asked, uint Device);
