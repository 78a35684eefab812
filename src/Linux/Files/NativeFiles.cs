using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Files;

/// <summary>The C library's file calls, as they are; <see cref="FileCalls"/> gives them manners.</summary>
internal static unsafe partial class NativeFiles
{
    internal const int AtFdCwd = -100;
    internal const int AtSymlinkNoFollow = 0x100;
    internal const int AtRemoveDirectory = 0x200;
    internal const int AtEmptyPath = 0x1000;
    internal const int OpenAt2 = 437;

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int openat(int directory, byte* path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint openat2(nint number, nint directory, byte* path, OpenHow* how, nint size);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int mkdirat(int directory, byte* path, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int mknodat(int directory, byte* path, uint mode, ulong device);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int symlinkat(byte* target, int directory, byte* path);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int linkat(int fromDirectory, byte* from, int toDirectory, byte* to, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int unlinkat(int directory, byte* path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int renameat2(int fromDirectory, byte* from, int toDirectory, byte* to, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fchownat(int directory, byte* path, uint user, uint group, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fchmodat(int directory, byte* path, uint mode, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fchmod(SafeFileHandle file, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fchown(SafeFileHandle file, uint user, uint group);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int utimensat(int directory, byte* path, TimeSpec* times, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int futimens(SafeFileHandle file, TimeSpec* times);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int ftruncate(SafeFileHandle file, long length);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint pwrite(SafeFileHandle file, byte* buffer, nint count, long offset);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint pread(SafeFileHandle file, byte* buffer, nint count, long offset);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial long lseek(SafeFileHandle file, long offset, int whence);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint getdents64(SafeFileHandle directory, byte* buffer, nint count);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint readlinkat(int directory, byte* path, byte* buffer, nint count);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int statx(int directory, byte* path, int flags, uint mask, StatX* result);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fsetxattr(SafeFileHandle file, byte* name, byte* value, nint size, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int lsetxattr(byte* path, byte* name, byte* value, nint size, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint lgetxattr(byte* path, byte* name, byte* value, nint size);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint llistxattr(byte* path, byte* list, nint size);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int lremovexattr(byte* path, byte* name);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int syncfs(SafeFileHandle file);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint copy_file_range(SafeFileHandle from, long* fromOffset, SafeFileHandle to, long* toOffset, nint length, uint flags);

    [StructLayout(LayoutKind.Sequential)]
    internal struct OpenHow
    {
        internal ulong Flags;
        internal ulong Mode;
        internal ulong Resolve;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct TimeSpec
    {
        internal nint Seconds;
        internal nint Nanoseconds;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct StatXTime
    {
        internal long Seconds;
        internal uint Nanoseconds;
        internal int Reserved;
    }

    /// <summary>linux/stat.h, struct statx: the same on every architecture.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    internal struct StatX
    {
        internal uint Mask;
        internal uint BlockSize;
        internal ulong Attributes;
        internal uint Links;
        internal uint UserId;
        internal uint GroupId;
        internal ushort Mode;
        internal ushort Spare;
        internal ulong Inode;
        internal ulong Size;
        internal ulong Blocks;
        internal ulong AttributesMask;
        internal StatXTime Accessed;
        internal StatXTime Born;
        internal StatXTime Changed;
        internal StatXTime Modified;
        internal uint SpecialMajor;
        internal uint SpecialMinor;
        internal uint DeviceMajor;
        internal uint DeviceMinor;
    }
}
