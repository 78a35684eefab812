using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Netlink;

/// <summary>
/// Keeps a port from the host's other programs: a socket that is bound and does nothing. Packets are redirected to the
/// container before any socket is looked up, so the hold never sees one.
/// </summary>
public static partial class PortHold
{
    private const int Inet = 2, Stream = 1, Datagram = 2, CloseOnExec = 0x80000, SolSocket = 1, ReuseAddress = 2;

    /// <summary>Binds an IPv4 port, TCP or UDP.</summary>
    /// <param name="hold">
    /// Open while the port is held; null when the port is free but cannot be held, because connections of an earlier
    /// program's are still in TIME_WAIT.
    /// </param>
    /// <returns>False when a program uses the port.</returns>
    /// <exception cref="LinuxException">The address is not one of this host's, or the port may not be bound.</exception>
    public static bool TryBind(IPAddress address, ushort port, bool datagram, out SafeFileHandle? hold)
    {
        hold = null;
        SafeFileHandle strict = Open(datagram);
        if (Bind(strict, address, port))
        {
            hold = strict;
            return true;
        }
        strict.Dispose();
        if (datagram)
            return false;
        // SO_REUSEADDR looks past TIME_WAIT, not past a listener; listen() says whether someone else is one.
        using SafeFileHandle lenient = Open(datagram);
        int on = 1;
        if (setsockopt(lenient, SolSocket, ReuseAddress, ref on, sizeof(int)) < 0)
            throw LinuxException.FromLastError("setsockopt", "SO_REUSEADDR");
        return Bind(lenient, address, port) && listen(lenient, 1) == 0;
    }

    private static SafeFileHandle Open(bool datagram)
    {
        int descriptor = socket(Inet, (datagram ? Datagram : Stream) | CloseOnExec, 0);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw LinuxException.FromLastError("socket", "AF_INET");
    }

    /// <summary><c>struct sockaddr_in</c>: family, port and address in network order; ip(7).</summary>
    private static bool Bind(SafeFileHandle handle, IPAddress address, ushort port)
    {
        Span<byte> socketAddress = stackalloc byte[16];
        socketAddress.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(socketAddress, Inet);
        BinaryPrimitives.WriteUInt16BigEndian(socketAddress[2..], port);
        address.TryWriteBytes(socketAddress[4..], out _);
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
