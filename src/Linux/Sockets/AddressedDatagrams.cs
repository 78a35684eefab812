using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Argosy.Linux.Sockets;

/// <summary>
/// Datagrams of IPv6 with the address that they were sent to, so that the answer comes from there and from no other address of the host:
/// IPV6_PKTINFO, ipv6(7), RFC 3542 section 6.
/// </summary>
public static unsafe partial class AddressedDatagrams
{
    private const int Inet6 = 10, ProtocolIpv6 = 41, ReceiveInfo = 49, Info = 50, DontWait = 0x40;
    private const int AddressSize = 28, PortOffset = 2, AddressOffset = 8, ScopeOffset = 24;
    private const int HeadSize = 16, InfoSize = 20, ControlSize = 40;

    /// <summary>Lets the kernel say where datagrams were sent to, from now on.</summary>
    public static void Enable(Socket socket)
    {
        int on = 1;
        if (setsockopt(socket.SafeHandle, ProtocolIpv6, ReceiveInfo, ref on, sizeof(int)) < 0)
            throw LinuxException.FromLastError("setsockopt", "IPV6_RECVPKTINFO");
    }

    /// <summary>Takes a datagram, without waiting. False: there is none.</summary>
    /// <param name="socket">See <see cref="Enable"/>.</param>
    /// <param name="buffer">What is longer comes cut off.</param>
    /// <param name="size">Of the datagram.</param>
    /// <param name="path">Between whom it went.</param>
    public static bool TryReceive(Socket socket, Span<byte> buffer, out int size, out DatagramPath path)
    {
        byte* sender = stackalloc byte[AddressSize], control = stackalloc byte[ControlSize];
        new Span<byte>(sender, AddressSize).Clear();
        new Span<byte>(control, ControlSize).Clear();
        fixed (byte* start = buffer)
        {
            var vector = new MessageVector(start, (nuint)buffer.Length);
            var header = new MessageHeader(sender, AddressSize, &vector, control, ControlSize);
            // An error is one that an earlier answer met (ICMP): it says nothing about this socket.
            size = (int)recvmsg(socket.SafeHandle, &header, DontWait);
        }
        bool told = ((int*)control)[2] == ProtocolIpv6 && ((int*)control)[3] == Info;
        path = new DatagramPath(
            *(UInt128*)(sender + AddressOffset), *(ushort*)(sender + PortOffset), *(uint*)(sender + ScopeOffset),
            told ? *(UInt128*)(control + HeadSize) : default, told ? *(uint*)(control + HeadSize + sizeof(UInt128)) : 0);
        return size >= 0;
    }

    /// <summary>Sends an answer back on the path that the question came by, without waiting: one that cannot go is lost, as datagrams are.</summary>
    public static void Answer(Socket socket, ReadOnlySpan<byte> bytes, in DatagramPath path)
    {
        byte* peer = stackalloc byte[AddressSize], control = stackalloc byte[ControlSize];
        new Span<byte>(peer, AddressSize).Clear();
        new Span<byte>(control, ControlSize).Clear();
        *(ushort*)peer = Inet6;
        *(ushort*)(peer + PortOffset) = path.PeerPort;
        *(UInt128*)(peer + AddressOffset) = path.Peer;
        *(uint*)(peer + ScopeOffset) = path.PeerScope;
        ((nuint*)control)[0] = HeadSize + InfoSize;
        ((int*)control)[2] = ProtocolIpv6;
        ((int*)control)[3] = Info;
        *(UInt128*)(control + HeadSize) = path.Asked;
        // Only link-local addresses need the device: the way back need not be the way there.
        *(uint*)(control + HeadSize + sizeof(UInt128)) = IsLinkLocal(control + HeadSize) ? path.Device : 0;
        fixed (byte* start = bytes)
        {
            var vector = new MessageVector(start, (nuint)bytes.Length);
            var header = new MessageHeader(peer, AddressSize, &vector, control, ControlSize);
            _ = sendmsg(socket.SafeHandle, &header, DontWait);
        }
    }

    /// <summary>fe80::/10.</summary>
    private static bool IsLinkLocal(byte* address) => (BinaryPrimitives.ReadUInt16BigEndian(new ReadOnlySpan<byte>(address, sizeof(ushort))) & 0xffc0) == 0xfe80;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setsockopt(SafeHandle socket, int level, int name, ref int value, int length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint sendmsg(SafeHandle socket, MessageHeader* message, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint recvmsg(SafeHandle socket, MessageHeader* message, int flags);
}
