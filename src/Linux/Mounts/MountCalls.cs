using Argosy.Linux.Files;

namespace Argosy.Linux.Mounts;

/// <summary>Mounts and unmounts.</summary>
public static unsafe class MountCalls
{
    /// <summary>mount(2). <paramref name="data"/> is the file system's own options, at most a page of them.</summary>
    public static void Mount(string source, string target, string? type, MountFlags flags, string? data = null)
    {
        fixed (byte* s = UnixPath.Of(source).Terminated, t = UnixPath.Of(target).Terminated,
            k = type is null ? null : UnixPath.Of(type).Terminated, d = data is null ? null : UnixPath.Of(data).Terminated)
        {
            if (NativeMounts.mount(s, t, k, (ulong)flags, d) < 0)
                throw LinuxException.FromLastError("mount", target);
        }
    }

    /// <summary>Makes a directory or file appear at another place too.</summary>
    public static void Bind(string source, string target, bool recursive = false) =>
        Mount(source, target, null, MountFlags.Bind | (recursive ? MountFlags.Recursive : MountFlags.None));

    /// <summary>umount2(2).</summary>
    public static void Unmount(string target, UnmountFlags flags = UnmountFlags.NoFollow)
    {
        if (NativeMounts.umount2(target, (int)flags) < 0)
            throw LinuxException.FromLastError("umount2", target);
    }

    /// <summary>As <see cref="Unmount"/>; false when nothing is mounted there.</summary>
    public static bool TryUnmount(string target, UnmountFlags flags = UnmountFlags.NoFollow)
    {
        if (NativeMounts.umount2(target, (int)flags) == 0)
            return true;
        LinuxException failure = LinuxException.FromLastError("umount2", target);
        return failure.Error is Errno.Invalid or Errno.NoEntry ? false : throw failure;
    }
}
