using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Files;

/// <summary>What concerns a file system as a whole.</summary>
public static class FileSystem
{
    /// <summary>Waits until everything that was written so far to the file system of this directory is on the device (syncfs(2)).</summary>
    /// <exception cref="LinuxException">The device could not write something, since somebody last asked.</exception>
    public static void Sync(string directory)
    {
        UnixPath path = UnixPath.Of(directory);
        FileCalls.TryOpen(null, path, OpenFlags.ReadOnly | OpenFlags.Directory, 0, out SafeFileHandle? handle).Check("open", path);
        using (handle)
        {
            if (NativeFiles.syncfs(handle!) < 0)
                throw LinuxException.FromLastError("syncfs", directory);
        }
    }
}
