using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using static Argosy.Linux.Files.NativeFiles;

namespace Argosy.Linux.Files;

/// <summary>File calls relative to a directory's descriptor. Those that return <see cref="Errno"/> leave the decision to the caller.</summary>
internal static unsafe partial class FileCalls
{
    /// <summary>Opens a directory as an anchor for the calls below; it can be used for nothing else.</summary>
    internal static SafeFileHandle OpenAnchor(string path)
    {
        Errno error = TryOpen(null, UnixPath.Of(path), OpenFlags.PathOnly | OpenFlags.Directory, 0, out SafeFileHandle? handle);
        return error == Errno.None ? handle! : throw new LinuxException("open", path, error);
    }

    internal static Errno TryOpen(SafeFileHandle? directory, UnixPath path, OpenFlags flags, uint mode, out SafeFileHandle? handle)
    {
        using var at = new At(directory);
        int result;
        Errno error;
        fixed (byte* p = path.Terminated)
        {
            do
            {
                result = openat(at.Number, p, Portable(flags | OpenFlags.CloseOnExec), mode);
                error = Error(result);
            }
            while (error == Errno.Interrupted);
        }
        handle = result < 0 ? null : new SafeFileHandle(result, ownsHandle: true);
        return error;
    }

    /// <summary>Opens with the kernel's guarantee of how far the path may lead (openat2, Linux 5.6).</summary>
    internal static Errno TryOpenWithin(SafeFileHandle root, UnixPath path, OpenFlags flags, ResolveFlags resolve, out SafeFileHandle? handle)
    {
        using var at = new At(root);
        var how = new OpenHow { Flags = (ulong)Portable(flags | OpenFlags.CloseOnExec), Resolve = (ulong)resolve };
        int result;
        Errno error;
        fixed (byte* p = path.IsEmpty ? "."u8 : path.Terminated)
        {
            do
            {
                result = (int)openat2(OpenAt2, at.Number, p, &how, sizeof(OpenHow));
                error = Error(result);
            }
            while (error is Errno.Interrupted or Errno.Again);
        }
        handle = result < 0 ? null : new SafeFileHandle(result, ownsHandle: true);
        return error;
    }

    internal static Errno MakeDirectory(SafeFileHandle directory, UnixPath name, int permissions)
    {
        using var at = new At(directory);
        fixed (byte* p = name.Terminated)
            return Error(mkdirat(at.Number, p, (uint)permissions));
    }

    internal static Errno MakeNode(SafeFileHandle directory, UnixPath name, FileType type, int permissions, (uint Major, uint Minor) device)
    {
        using var at = new At(directory);
        fixed (byte* p = name.Terminated)
            return Error(mknodat(at.Number, p, (uint)type | (uint)permissions, DeviceNumber(device)));
    }

    internal static Errno MakeSymbolicLink(SafeFileHandle directory, UnixPath name, UnixPath target)
    {
        using var at = new At(directory);
        fixed (byte* p = name.Terminated, t = target.Terminated)
            return Error(symlinkat(t, at.Number, p));
    }

    internal static Errno MakeHardLink(SafeFileHandle fromDirectory, UnixPath from, SafeFileHandle toDirectory, UnixPath to)
    {
        using var fromAt = new At(fromDirectory);
        using var toAt = new At(toDirectory);
        fixed (byte* f = from.Terminated, t = to.Terminated)
            return Error(linkat(fromAt.Number, f, toAt.Number, t, 0));
    }

    internal static Errno Exchange(UnixPath one, UnixPath other)
    {
        const uint exchange = 2;
        using var at = new At(null);
        fixed (byte* f = one.Terminated, t = other.Terminated)
            return Error(renameat2(at.Number, f, at.Number, t, exchange));
    }

    internal static Errno Unlink(SafeFileHandle? directory, UnixPath name, bool isDirectory)
    {
        using var at = new At(directory);
        fixed (byte* p = name.Terminated)
            return Error(unlinkat(at.Number, p, isDirectory ? AtRemoveDirectory : 0));
    }

    internal static Errno TryStatus(SafeFileHandle? directory, UnixPath name, out FileStatus status)
    {
        using var at = new At(directory);
        StatX raw;
        Errno error;
        fixed (byte* p = name.Terminated)
            error = Error(statx(at.Number, p, AtSymlinkNoFollow | (name.IsEmpty ? AtEmptyPath : 0), 0x7ff, &raw));
        status = error == Errno.None ? Convert(raw) : default;
        return error;
    }

    internal static Errno ChangeOwner(SafeFileHandle? directory, UnixPath name, uint user, uint group)
    {
        using var at = new At(directory);
        fixed (byte* p = name.Terminated)
            return Error(fchownat(at.Number, p, user, group, AtSymlinkNoFollow));
    }

    internal static Errno ChangePermissions(SafeFileHandle directory, UnixPath name, int permissions)
    {
        using var at = new At(directory);
        fixed (byte* p = name.Terminated)
            return Error(fchmodat(at.Number, p, (uint)permissions, 0));
    }

    internal static Errno SetTimes(SafeFileHandle directory, UnixPath name, FileTime modified)
    {
        using var at = new At(directory);
        TimeSpec* times = stackalloc TimeSpec[2];
        times[0] = times[1] = new TimeSpec { Seconds = (nint)modified.Seconds, Nanoseconds = (nint)modified.Nanoseconds };
        fixed (byte* p = name.Terminated)
            return Error(utimensat(at.Number, p, times, AtSymlinkNoFollow));
    }

    internal static Errno SetTimes(SafeFileHandle file, FileTime modified)
    {
        TimeSpec* times = stackalloc TimeSpec[2];
        times[0] = times[1] = new TimeSpec { Seconds = (nint)modified.Seconds, Nanoseconds = (nint)modified.Nanoseconds };
        return Error(futimens(file, times));
    }

    internal static Errno ChangeOwner(SafeFileHandle file, uint user, uint group) => Error(fchown(file, user, group));

    internal static Errno ChangePermissions(SafeFileHandle file, int permissions) => Error(fchmod(file, (uint)permissions));

    internal static Errno SetLength(SafeFileHandle file, long length) => Error(ftruncate(file, length));

    internal static UnixPath ReadLink(SafeFileHandle? directory, UnixPath name)
    {
        using var at = new At(directory);
        byte[] buffer = new byte[4096];
        nint length;
        fixed (byte* p = name.Terminated, b = buffer)
            length = readlinkat(at.Number, p, b, buffer.Length);
        return length < 0 ? throw LinuxException.FromLastError("readlinkat", name.ToString()) : UnixPath.Of(buffer.AsSpan(0, (int)length));
    }

    /// <summary>Writes all of it, or throws.</summary>
    internal static void WriteAll(SafeFileHandle file, ReadOnlySpan<byte> content, long offset, string subject)
    {
        fixed (byte* start = content)
        {
            for (int done = 0; done < content.Length;)
            {
                nint written = pwrite(file, start + done, content.Length - done, offset + done);
                if (written >= 0)
                    done += (int)written;
                else if (Marshal.GetLastPInvokeError() != (int)Errno.Interrupted)
                    throw LinuxException.FromLastError("pwrite", subject);
            }
        }
    }

    /// <summary>Reads up to the buffer's length; 0 at the end of the file.</summary>
    internal static int Read(SafeFileHandle file, Span<byte> buffer, long offset, string subject)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                nint read = pread(file, start, buffer.Length, offset);
                if (read >= 0)
                    return (int)read;
                if (Marshal.GetLastPInvokeError() != (int)Errno.Interrupted)
                    throw LinuxException.FromLastError("pread", subject);
            }
        }
    }

    /// <summary>SEEK_DATA (3) or SEEK_HOLE (4); −1 when there is none from there on.</summary>
    internal static long Seek(SafeFileHandle file, long offset, int whence) => lseek(file, offset, whence);

    internal static void Check(this Errno error, string call, UnixPath subject)
    {
        if (error != Errno.None)
            throw new LinuxException(call, subject.ToString(), error);
    }

    private static Errno Error(nint result) => result < 0 ? (Errno)Marshal.GetLastPInvokeError() : Errno.None;

    /// <summary>O_DIRECTORY and O_NOFOLLOW have other values on ARM (asm/fcntl.h).</summary>
    private static int Portable(OpenFlags flags)
    {
        if (RuntimeInformation.ProcessArchitecture is not (Architecture.Arm64 or Architecture.Arm))
            return (int)flags;
        OpenFlags moved = flags & (OpenFlags.Directory | OpenFlags.NoFollow);
        return (int)(flags & ~moved) | ((int)moved >> 2);
    }

    /// <summary>gnu_dev_makedev(3).</summary>
    private static ulong DeviceNumber((uint Major, uint Minor) device) =>
        (device.Minor & 0xffUL) | ((device.Major & 0xfffUL) << 8) | ((device.Minor & ~0xffUL) << 12) | ((device.Major & ~0xfffUL) << 32);

    private static FileStatus Convert(in StatX raw) => new(
        (FileType)(raw.Mode & 0xf000), raw.Mode & 0xfff, raw.UserId, raw.GroupId, (long)raw.Size, (long)raw.Blocks,
        new FileTime(raw.Modified.Seconds, raw.Modified.Nanoseconds), new FileTime(raw.Changed.Seconds, raw.Changed.Nanoseconds),
        raw.Inode, raw.Links, (raw.DeviceMajor, raw.DeviceMinor), (raw.SpecialMajor, raw.SpecialMinor));

    /// <summary>A descriptor's number for the time of one call; AT_FDCWD for none.</summary>
    private readonly ref struct At
    {
        private readonly SafeFileHandle? handle;
        private readonly bool held;

        internal At(SafeFileHandle? handle)
        {
            this.handle = handle;
            handle?.DangerousAddRef(ref held);
        }

        internal int Number => handle is null ? AtFdCwd : (int)handle.DangerousGetHandle();

        public void Dispose()
        {
            if (held)
                handle!.DangerousRelease();
        }
    }
}
