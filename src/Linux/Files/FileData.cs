using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Files;

/// <summary>Copies what a file holds, by the kernel (copy_file_range(2)): a reflink where the file system can, else without leaving the kernel.</summary>
internal static unsafe class FileData
{
    private const int SeekData = 3;
    private const int SeekHole = 4;

    /// <summary>Copies into a new file. Only the stretches that hold data are copied: a sparse file stays sparse.</summary>
    internal static void Copy(SafeFileHandle from, SafeFileHandle to, FileStatus status, UnixPath subject)
    {
        bool sparse = status.Allocated < status.Size;
        if (sparse)
            FileCalls.SetLength(to, status.Size).Check("ftruncate", subject);
        long position = 0;
        while (position < status.Size)
        {
            long start = sparse ? FileCalls.Seek(from, position, SeekData) : position;
            if (start < 0)
                return;
            long end = sparse ? FileCalls.Seek(from, start, SeekHole) : status.Size;
            CopyRange(from, to, start, (end < 0 ? status.Size : end) - start, subject);
            position = end < 0 ? status.Size : end;
        }
    }

    private static void CopyRange(SafeFileHandle from, SafeFileHandle to, long start, long length, UnixPath subject)
    {
        long source = start;
        long target = start;
        while (length > 0)
        {
            nint copied = NativeFiles.copy_file_range(from, &source, to, &target, (nint)Math.Min(length, 1 << 30), 0);
            if (copied > 0)
            {
                length -= copied;
                continue;
            }
            var error = (Errno)Marshal.GetLastPInvokeError();
            if (copied == 0)
                return;
            if (error == Errno.Interrupted)
                continue;
            // Other file systems, or one that cannot: the kernel says so at the first call.
            CopyBytes(from, to, source, length, subject);
            return;
        }
    }

    private static void CopyBytes(SafeFileHandle from, SafeFileHandle to, long position, long length, UnixPath subject)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(256 * 1024);
        try
        {
            while (length > 0)
            {
                int read = FileCalls.Read(from, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length)), position, subject.ToString());
                if (read == 0)
                    return;
                FileCalls.WriteAll(to, buffer.AsSpan(0, read), position, subject.ToString());
                position += read;
                length -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
