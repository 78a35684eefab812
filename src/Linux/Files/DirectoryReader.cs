using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Files;

/// <summary>Lists directories with their names as bytes (getdents64), which .NET's enumeration would decode with loss.</summary>
internal static unsafe class DirectoryReader
{
    /// <summary>All names but <c>.</c> and <c>..</c>, in byte order, so that what is made of them is reproducible.</summary>
    internal static List<DirectoryEntry> Read(SafeFileHandle directory, UnixPath subject)
    {
        var entries = new List<DirectoryEntry>();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            int count;
            while ((count = Fill(directory, buffer, subject)) > 0)
                Parse(buffer.AsSpan(0, count), entries);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        entries.Sort(static (left, right) => left.Name.Bytes.SequenceCompareTo(right.Name.Bytes));
        return entries;
    }

    private static int Fill(SafeFileHandle directory, byte[] buffer, UnixPath subject)
    {
        nint count;
        fixed (byte* b = buffer)
            count = NativeFiles.getdents64(directory, b, buffer.Length);
        // A directory that was removed after it was opened has nothing in it any more.
        if (count < 0 && (Errno)Marshal.GetLastPInvokeError() == Errno.NoEntry)
            return 0;
        return count < 0 ? throw LinuxException.FromLastError("getdents64", subject.ToString()) : (int)count;
    }

    /// <summary>struct linux_dirent64: inode (8), offset (8), length (2), type (1), name.</summary>
    private static void Parse(ReadOnlySpan<byte> buffer, List<DirectoryEntry> entries)
    {
        while (buffer.Length > 0)
        {
            ushort length = BinaryPrimitives.ReadUInt16LittleEndian(buffer[16..]);
            var type = (FileType)(buffer[18] << 12);
            ReadOnlySpan<byte> name = buffer[19..length];
            name = name[..name.IndexOf((byte)0)];
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                entries.Add(new DirectoryEntry(UnixPath.Of(name), type));
            buffer = buffer[length..];
        }
    }
}
