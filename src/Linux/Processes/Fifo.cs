using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Processes;

/// <summary>Named pipes.</summary>
public static partial class Fifo
{
    private const int WriteNonBlockCloseOnExec = 0x1 | 0x800 | 0x80000;
    private const int NoReader = 6;

    /// <summary>Opens a fifo that somebody reads.</summary>
    /// <returns>Null when nobody does (ENXIO), or when it is gone.</returns>
    public static SafeFileHandle? OpenForWriting(string path)
    {
        int descriptor = open(path, WriteNonBlockCloseOnExec);
        if (descriptor >= 0)
            return new SafeFileHandle(descriptor, ownsHandle: true);
        return Marshal.GetLastPInvokeError() is NoReader or (int)Errno.NoEntry ? null : throw LinuxException.FromLastError("open", path);
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);
}
