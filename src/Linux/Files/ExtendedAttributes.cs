using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Files;

/// <summary>Reads and writes extended attributes, of symbolic links themselves too.</summary>
public static unsafe class ExtendedAttributes
{
    /// <summary>All attributes of the file; empty where the file system has none.</summary>
    public static IReadOnlyList<ExtendedAttribute> List(string path) => List(UnixPath.Of(path));

    /// <summary>Sets one attribute.</summary>
    public static void Set(string path, string name, ReadOnlySpan<byte> value) =>
        TrySet(UnixPath.Of(path), name, value).Check("lsetxattr", UnixPath.Of(path));

    /// <summary>One attribute's value; null when it is not there.</summary>
    public static byte[]? Get(string path, string name) => Get(UnixPath.Of(path), name);

    /// <summary>
    /// True for what a security module of this host has to say about a file of this host (its label, its signature) and nobody elsewhere: it
    /// is in no archive, as with Docker. Capabilities are the file's own.
    /// </summary>
    public static bool IsOfHost(string name) => name.StartsWith("security.", StringComparison.Ordinal) && name != "security.capability";

    internal static IReadOnlyList<ExtendedAttribute> List(UnixPath path)
    {
        string[] names = Names(path);
        if (names.Length == 0)
            return [];
        // File systems have an order of their own: what is made of the list must be the same everywhere.
        Array.Sort(names, StringComparer.Ordinal);
        var found = new List<ExtendedAttribute>(names.Length);
        foreach (string name in names)
        {
            if (Get(path, name) is { } value)
                found.Add(new ExtendedAttribute(name, value));
        }
        return found;
    }

    internal static byte[]? Get(UnixPath path, string name)
    {
        byte[] terminated = Encoding.UTF8.GetBytes(name + '\0');
        Span<byte> buffer = stackalloc byte[1024];
        fixed (byte* p = path.Terminated, n = terminated)
        {
            nint size;
            fixed (byte* b = buffer)
                size = NativeFiles.lgetxattr(p, n, b, buffer.Length);
            if (size >= 0)
                return buffer[..(int)size].ToArray();
            if (Marshal.GetLastPInvokeError() != (int)Errno.Range)
                return NoneOrThrow("lgetxattr", path);
            byte[] large = new byte[65536];
            fixed (byte* b = large)
                size = NativeFiles.lgetxattr(p, n, b, large.Length);
            return size >= 0 ? large[..(int)size] : NoneOrThrow("lgetxattr", path);
        }
    }

    internal static Errno TrySet(UnixPath path, string name, ReadOnlySpan<byte> value)
    {
        fixed (byte* p = path.Terminated, n = Encoding.UTF8.GetBytes(name + '\0'), v = value)
            return NativeFiles.lsetxattr(p, n, v, value.Length, 0) < 0 ? (Errno)Marshal.GetLastPInvokeError() : Errno.None;
    }

    internal static Errno TrySet(SafeFileHandle file, string name, ReadOnlySpan<byte> value)
    {
        fixed (byte* n = Encoding.UTF8.GetBytes(name + '\0'), v = value)
            return NativeFiles.fsetxattr(file, n, v, value.Length, 0) < 0 ? (Errno)Marshal.GetLastPInvokeError() : Errno.None;
    }

    internal static Errno TryRemove(UnixPath path, string name)
    {
        fixed (byte* p = path.Terminated, n = Encoding.UTF8.GetBytes(name + '\0'))
            return NativeFiles.lremovexattr(p, n) < 0 ? (Errno)Marshal.GetLastPInvokeError() : Errno.None;
    }

    /// <summary>A name below an open directory as a path: the kernel has no setxattrat before 6.13.</summary>
    internal static UnixPath Below(SafeFileHandle directory, UnixPath name) =>
        UnixPath.Of($"/proc/self/fd/{directory.DangerousGetHandle()}").Append(name.IsEmpty ? "."u8 : name.Bytes);

    private static string[] Names(UnixPath path)
    {
        Span<byte> buffer = stackalloc byte[2048];
        nint size;
        fixed (byte* p = path.Terminated, b = buffer)
            size = NativeFiles.llistxattr(p, b, buffer.Length);
        if (size < 0 && Marshal.GetLastPInvokeError() == (int)Errno.Range)
        {
            buffer = new byte[65536];
            fixed (byte* p = path.Terminated, b = buffer)
                size = NativeFiles.llistxattr(p, b, buffer.Length);
        }
        if (size < 0)
        {
            NoneOrThrow("llistxattr", path);
            return [];
        }
        return Encoding.UTF8.GetString(buffer[..(int)size]).Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Null when the last error means "there is none"; any other is thrown.</summary>
    private static byte[]? NoneOrThrow(string call, UnixPath path) =>
        (Errno)Marshal.GetLastPInvokeError() is Errno.NoData or Errno.NotSupported ? null : throw LinuxException.FromLastError(call, path.ToString());
}
