using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Rooted;

/// <summary>What tells one file from another that has, or had, the same name.</summary>
public readonly partial record struct FileIdentity(ulong Inode, uint DeviceMajor, uint DeviceMinor)
{
    private const int EmptyPath = 0x1000;
    private const uint InodeOnly = 0x100;

    /// <summary>Of an open file.</summary>
    public static unsafe FileIdentity Of(SafeFileHandle file)
    {
        // struct statx (statx(2)): ino at 32, dev_major at 136, dev_minor at 140.
        Span<byte> status = stackalloc byte[256];
        fixed (byte* start = status)
            if (statx(file, "", EmptyPath, InodeOnly, start) < 0)
                throw LinuxException.FromLastError("statx");
        return new FileIdentity(
            BinaryPrimitives.ReadUInt64LittleEndian(status[32..]),
            BinaryPrimitives.ReadUInt32LittleEndian(status[136..]),
            BinaryPrimitives.ReadUInt32LittleEndian(status[140..]));
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int statx(SafeFileHandle file, string path, int flags, uint mask, byte* buffer);
}
