using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Processes;

/// <summary>A directory held open by O_PATH, so that <c>/proc/self/fd/N/…</c> is a short name for what is in it.</summary>
public static partial class DirectoryHandle
{
    private const int PathDirectoryCloseOnExec = 0x200000 | 0x10000 | 0x80000;
    private const int PathDirectoryCloseOnExecArm = 0x200000 | 0x4000 | 0x80000;

    /// <summary>Opens the directory.</summary>
    public static SafeFileHandle Open(string path)
    {
        int flags = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? PathDirectoryCloseOnExecArm : PathDirectoryCloseOnExec;
        int descriptor = open(path, flags);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw LinuxException.FromLastError("open", path);
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);
}
