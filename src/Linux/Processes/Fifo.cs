using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Processes;

/// <summary>Named pipes.</summary>
public static partial class Fifo
{
    private const int WriteNonBlockCloseOnExec = 0x1 | 0x800 | 0x80000;
    private const int NoReader = 6;
    private const uint BytesToRead = 0x541B;

    /// <summary>Opens a fifo that somebody reads.</summary>
    /// <returns>Null when nobody does (ENXIO), or when it is gone.</returns>
    public static SafeFileHandle? OpenForWriting(string path)
    {
        int descriptor = open(path, WriteNonBlockCloseOnExec);
        if (descriptor >= 0)
            return new SafeFileHandle(descriptor, ownsHandle: true);
        return Marshal.GetLastPInvokeError() is NoReader or (int)Errno.NoEntry ? null : throw LinuxException.FromLastError("open", path);
    }

    /// <summary>How many bytes have been written and not been read yet (FIONREAD, which the writing end may ask too).</summary>
    public static unsafe int Unread(SafeFileHandle fifo)
    {
        int count = 0;
        return ioctl(fifo, BytesToRead, &count) < 0 ? throw LinuxException.FromLastError("ioctl FIONREAD") : count;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int ioctl(SafeFileHandle descriptor, nuint request, int* argument);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);
}
