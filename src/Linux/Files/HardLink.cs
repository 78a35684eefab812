using System.Runtime.InteropServices;

namespace Argosy.Linux.Files;

/// <summary>Second names of files.</summary>
public static partial class HardLink
{
    /// <summary>Gives a file one more name on the same file system.</summary>
    /// <exception cref="LinuxException">The name is taken, or the file is gone.</exception>
    public static void Create(string file, string name)
    {
        if (link(file, name) < 0)
            throw LinuxException.FromLastError("link", name);
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int link(string file, string name);
}
