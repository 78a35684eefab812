using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Netlink;

/// <summary>
/// Keeps a port from the host's other programs: a socket that is bound and does nothing. Packets are redirected to the
/// container before any socket is looked up, so the hold never sees one. Or a socket that is open, for those that nobody redirects.
/// </summary>
public static partial class PortHold
{
    private const int Inet = 2, Inet6 = 10, ProtocolIpv6 = 41, Ipv6Only = 26, Stream = 1, Datagram = 2, ProtocolSctp = 132, CloseOnExec = 0x80000, SolSocket = 1, ReuseAddress = 2, Backlog = 4096;

    /// <summary>Binds a port of one family.</summary>
    /// <param name="address">One of the host's, or all of a family.</param>
    /// <param name="port">The port.</param>
    /// <param name="protocol">"tcp", "udp" or "sctp".</param>
    /// <param name="hold">
    /// Open while the port is held; null when the port is free but cannot be held, because connections of an earlier
    /// program's are still in TIME_WAIT.
    /// </param>
    /// <returns>False when a program uses the port.</returns>
    /// <exception cref="LinuxException">The address is not one of this host's, the port may not be bound, or the kernel has no such protocol.</exception>
    public static bool TryBind(IPAddress address, ushort port, string protocol, out SafeFileHandle? hold)
    {
        hold = null;
        SafeFileHandle strict = Open(address, protocol);
        if (Bind(strict, address, port))
        {
            hold = strict;
            return true;
        }
        strict.Dispose();
        if (protocol == "udp")
            return false;
        using SafeFileHandle lenient = Open(address, protocol);
        return BindLeniently(lenient, address, port);
    }

    /// <summary>Opens a TCP port, or a UDP port, for somebody else to serve: this process passes the socket on.</summary>
    /// <param name="address">One of the host's, or all of a family.</param>
    /// <param name="port">The port.</param>
    /// <param name="protocol">"tcp" or "udp".</param>
    /// <param name="socket">Bound, and for TCP listening: clients wait in it until somebody accepts them.</param>
    /// <returns>False when a program uses the port.</returns>
    /// <exception cref="LinuxException">As with <see cref="TryBind"/>.</exception>
    public static bool TryOpen(IPAddress address, ushort port, string protocol, out SafeFileHandle? socket)
    {
        SafeFileHandle open = Open(address, protocol);
        // Connections that were accepted at this port live on when whoever accepted them listens no more: they must not stand in the next one's way.
        bool bound = protocol == "udp" ? Bind(open, address, port) : BindLeniently(open, address, port);
        if (!bound)
            open.Dispose();
        socket = bound ? open : null;
        return bound;
    }

    /// <summary>SO_REUSEADDR looks past TIME_WAIT and past connections, not past a listener; listen() says whether someone else is one.</summary>
    private static bool BindLeniently(SafeFileHandle handle, IPAddress address, ushort port)
    {
        int on = 1;
        if (setsockopt(handle, SolSocket, ReuseAddress, ref on, sizeof(int)) < 0)
            throw LinuxException.FromLastError("setsockopt", "SO_REUSEADDR");
        return Bind(handle, address, port) && listen(handle, Backlog) == 0;
    }

    private static SafeFileHandle Open(IPAddress address, string protocol)
    {
        bool ipv6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        int descriptor = socket(ipv6 ? Inet6 : Inet, (protocol == "udp" ? Datagram : Stream) | CloseOnExec, protocol == "sctp" ? ProtocolSctp : 0);
        if (descriptor < 0)
            throw LinuxException.FromLastError("socket", $"{(ipv6 ? "AF_INET6" : "AF_INET")} {protocol}");
        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        int on = 1;
        // The IPv4 port is another hold's.
        if (ipv6 && setsockopt(handle, ProtocolIpv6, Ipv6Only, ref on, sizeof(int)) < 0)
            throw LinuxException.FromLastError("setsockopt", "IPV6_V6ONLY");
        return handle;
    }

    /// <summary><c>struct sockaddr_in</c> or <c>sockaddr_in6</c>: family, port and address in network order; ip(7), ipv6(7).</summary>
    private static bool Bind(SafeFileHandle handle, IPAddress address, ushort port)
    {
        const int addressOffset = 4, addressOffset6 = 8, scopeOffset6 = 24;
        bool ipv6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        Span<byte> socketAddress = stackalloc byte[ipv6 ? 28 : 16];
        socketAddress.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(socketAddress, (ushort)(ipv6 ? Inet6 : Inet));
        BinaryPrimitives.WriteUInt16BigEndian(socketAddress[2..], port);
        address.TryWriteBytes(socketAddress[(ipv6 ? addressOffset6 : addressOffset)..], out _);
        if (ipv6)
            BinaryPrimitives.WriteUInt32LittleEndian(socketAddress[scopeOffset6..], (uint)address.ScopeId);
        if (bind(handle, ref MemoryMarshal.GetReference(socketAddress), socketAddress.Length) == 0)
            return true;
        return Marshal.GetLastPInvokeError() == (int)Errno.AddressInUse ? false : throw LinuxException.FromLastError("bind", $"{address}:{port}");
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int socket(int domain, int type, int protocol);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int bind(SafeFileHandle socket, ref byte address, int length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int listen(SafeFileHandle socket, int backlog);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setsockopt(SafeFileHandle socket, int level, int name, ref int value, int length);
}
