using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Rooted;

/// <summary>Files of a container's root file system, opened so that no symbolic link in it leads outside (openat2(2), RESOLVE_IN_ROOT).</summary>
public static unsafe partial class RootedFile
{
    private const int Openat2 = 437;
    private const int EmptyPath = 0x1000;
    private const uint TypeOnly = 0x1;
    private const ulong ReadOnlyCloseOnExec = 0x80000;
    private const ulong ResolveInRoot = 0x10;
    private const ulong ResolveNoMagicLinks = 0x02;

    /// <summary>The whole text of a small file; null when there is none, or something else than a regular file.</summary>
    public static string? ReadText(string root, string path)
    {
        using SafeFileHandle directory = Processes.DirectoryHandle.Open(root);
        if (Open(directory, path) is not { } file)
            return null;
        using (file)
        {
            // A fifo or a device would block, or never end.
            if (!IsRegular(file))
                return null;
            using var stream = new FileStream(file, FileAccess.Read);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return reader.ReadToEnd();
        }
    }

    private static bool IsRegular(SafeFileHandle file)
    {
        Span<byte> status = stackalloc byte[256];
        fixed (byte* start = status)
            if (statx(file, "", EmptyPath, TypeOnly, start) < 0)
                throw LinuxException.FromLastError("statx");
        return (BinaryPrimitives.ReadUInt16LittleEndian(status[28..]) & 0xF000) == 0x8000;
    }

    private static SafeFileHandle? Open(SafeFileHandle root, string path)
    {
        var how = new OpenHow(ReadOnlyCloseOnExec | 0x800, 0, ResolveInRoot | ResolveNoMagicLinks);
        nint descriptor = syscall(Openat2, root.DangerousGetHandle(), path, &how, sizeof(OpenHow));
        if (descriptor >= 0)
            return new SafeFileHandle(descriptor, ownsHandle: true);
        return (Errno)Marshal.GetLastPInvokeError() is Errno.NoEntry or Errno.NotDirectory or Errno.Loop
            ? null
            : throw LinuxException.FromLastError("openat2", path);
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint syscall(nint number, nint directory, string path, OpenHow* how, nint size);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(SafeFileHandle file, string path, int flags, uint mask, byte* buffer);

    /// <summary>struct open_how.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private record struct OpenHow(ulong Flags, ulong Mode, ulong Resolve);
}
