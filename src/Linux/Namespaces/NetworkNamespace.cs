using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Namespaces;

/// <summary>
/// Network namespaces that are kept alive by a bind mount. Work inside one is done by a thread that exists for it alone
/// and ends afterwards: a thread that changed its namespace must never serve anything else.
/// </summary>
public static partial class NetworkNamespace
{
    private const int CloneNewNet = 0x40000000, MountBind = 0x1000, UnmountDetach = 2, StackSize = 256 * 1024;

    /// <summary>Makes a namespace that lives until <see cref="Delete"/>, and runs <paramref name="inside"/> in it.</summary>
    /// <param name="path">A file for the mount; made here.</param>
    /// <param name="inside">Runs in the new namespace; sockets that it opens stay there.</param>
    public static T Create<T>(string path, Func<T> inside) => OnOwnThread(() =>
    {
        if (unshare(CloneNewNet) < 0)
            throw LinuxException.FromLastError("unshare", "CLONE_NEWNET");
        using (new FileStream(path, FileMode.CreateNew))
        {
        }
        if (mount($"/proc/self/task/{gettid()}/ns/net", path, null, MountBind, 0) < 0)
        {
            LinuxException failure = LinuxException.FromLastError("mount", path);
            File.Delete(path);
            throw failure;
        }
        try
        {
            return inside();
        }
        catch
        {
            Delete(path);
            throw;
        }
    });

    /// <summary>Runs <paramref name="inside"/> in an existing namespace.</summary>
    public static T Run<T>(string path, Func<T> inside) => OnOwnThread(() =>
    {
        using SafeFileHandle handle = Open(path);
        if (setns(handle, CloneNewNet) < 0)
            throw LinuxException.FromLastError("setns", path);
        return inside();
    });

    /// <summary>Opens a namespace, to hand it to the kernel (netlink's IFLA_NET_NS_FD). It stays alive while the handle is open.</summary>
    public static SafeFileHandle Open(string path) => File.OpenHandle(path);

    /// <summary>Unmounts the namespace and removes its file; a missing one is no error. The kernel removes its links when nothing uses it any more.</summary>
    public static void Delete(string path)
    {
        if (umount2(path, UnmountDetach) < 0 && (Errno)Marshal.GetLastPInvokeError() is not (Errno.Invalid or Errno.NoEntry))
            throw LinuxException.FromLastError("umount2", path);
        File.Delete(path);
    }

    private static T OnOwnThread<T>(Func<T> work)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = work();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        }, StackSize)
        { IsBackground = true, Name = "netns" };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int unshare(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setns(SafeFileHandle descriptor, int type);

    [LibraryImport("libc")]
    private static partial int gettid();

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mount(string source, string target, string? type, nuint flags, nint data);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int umount2(string target, int flags);
}
