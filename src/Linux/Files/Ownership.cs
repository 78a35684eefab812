using System.Runtime.InteropServices;

namespace Argosy.Linux.Files;

/// <summary>Who owns a file.</summary>
public static partial class Ownership
{
    private const uint Unchanged = uint.MaxValue;

    /// <summary>Gives a file to a group; its user stays (chown(2)).</summary>
    public static void SetGroup(string path, uint group)
    {
        if (chown(path, Unchanged, group) < 0)
            throw LinuxException.FromLastError("chown", path);
    }

    /// <summary>Gives a file to a user and a group (chown(2)).</summary>
    /// <exception cref="LinuxException">No such file.</exception>
    public static void Set(string path, uint user, uint group)
    {
        if (chown(path, user, group) < 0)
            throw LinuxException.FromLastError("chown", path);
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int chown(string path, uint user, uint group);
}
