using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Processes;

/// <summary>
/// Two connected unix sockets: one for a child to inherit, where it expects a pipe, and one that the daemon reads
/// without blocking a thread (.NET polls sockets, not pipes).
/// </summary>
public sealed unsafe partial class SocketPair : IDisposable
{
    private const int AddressFamilyUnix = 1;
    private const int StreamCloseOnExec = 1 | 0x80000;

    private SocketPair(Socket ours, SafeFileHandle theirs) => (Ours, Theirs) = (ours, theirs);

    /// <summary>The daemon's end.</summary>
    public Socket Ours { get; }

    /// <summary>The child's end; close it after the spawn, or the end of the child's output is never seen.</summary>
    public SafeFileHandle Theirs { get; }

    /// <summary>Makes a connected pair of stream sockets, closed on exec.</summary>
    public static SocketPair Create()
    {
        int* pair = stackalloc int[2];
        if (socketpair(AddressFamilyUnix, StreamCloseOnExec, 0, pair) < 0)
            throw LinuxException.FromLastError("socketpair");
        return new SocketPair(new Socket(new SafeSocketHandle(pair[0], ownsHandle: true)), new SafeFileHandle(pair[1], ownsHandle: true));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Ours.Dispose();
        Theirs.Dispose();
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int socketpair(int domain, int type, int protocol, int* pair);
}
