using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Argosy.Linux.Processes;

/// <summary>A device node on the host.</summary>
/// <param name="Type">c (character) or b (block).</param>
/// <param name="Mode">Permission bits.</param>
public sealed partial record DeviceNode(string Path, char Type, long Major, long Minor, uint Mode, uint Uid, uint Gid)
{
    private const int CurrentDirectory = -100;
    private const uint BasicStats = 0x7ff;

    /// <summary>Reads a node, through symbolic links.</summary>
    /// <exception cref="LinuxException">There is no such node, or it is no device (ENODEV).</exception>
    public static DeviceNode Read(string path) => TryRead(path) ?? throw new LinuxException("stat", path, Errno.NoDevice);

    /// <summary>Null when the path is something else than a device.</summary>
    public static unsafe DeviceNode? TryRead(string path)
    {
        Span<byte> buffer = stackalloc byte[256];
        fixed (byte* start = buffer)
            if (statx(CurrentDirectory, path, 0, BasicStats, start) < 0)
                throw LinuxException.FromLastError("statx", path);
        // struct statx (statx(2)): mode at 28, uid at 20, gid at 24, rdev_major at 128, rdev_minor at 132.
        ushort mode = BinaryPrimitives.ReadUInt16LittleEndian(buffer[28..]);
        char? type = (mode & 0xF000) switch { 0x2000 => 'c', 0x6000 => 'b', _ => null };
        return type is null
            ? null
            : new DeviceNode(path, type.Value, Read32(buffer, 128), Read32(buffer, 132), mode & 0xFFFu, Read32(buffer, 20), Read32(buffer, 24));
    }

    private static uint Read32(ReadOnlySpan<byte> buffer, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(buffer[offset..]);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int statx(int directory, string path, int flags, uint mask, byte* buffer);
}
