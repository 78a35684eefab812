using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Files;

/// <summary>Remembers a file, of any type: whether it still has a name can be asked even by who may no longer look it up.</summary>
public sealed class FilePresence : IDisposable
{
    private readonly SafeFileHandle file;

    private FilePresence(SafeFileHandle file) => this.file = file;

    /// <summary>False when it was deleted, or another was put in its place.</summary>
    public bool IsThere => !file.IsClosed && FileCalls.TryStatus(file, UnixPath.Of(""), out FileStatus status) == Errno.None && status.Links > 0;

    /// <exception cref="LinuxException">There is no such file.</exception>
    public static FilePresence Of(string path)
    {
        FileCalls.TryOpen(null, UnixPath.Of(path), OpenFlags.PathOnly | OpenFlags.NoFollow, 0, out SafeFileHandle? file).Check("open", UnixPath.Of(path));
        return new FilePresence(file!);
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
