using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Files;

/// <summary>A directory that was opened by who may, to be listed again and again by who may no longer open it.</summary>
public sealed class OpenDirectory : IDisposable
{
    private readonly SafeFileHandle directory;
    private readonly UnixPath path;

    private OpenDirectory(SafeFileHandle directory, UnixPath path) => (this.directory, this.path) = (directory, path);

    /// <summary>Null where there is none.</summary>
    public static OpenDirectory? TryOpen(string path)
    {
        UnixPath name = UnixPath.Of(path);
        return FileCalls.TryOpen(null, name, OpenFlags.Directory, 0, out SafeFileHandle? handle) == Errno.None ? new OpenDirectory(handle!, name) : null;
    }

    /// <summary>The names that are in it now. Not for several threads at once.</summary>
    public IReadOnlySet<string> List()
    {
        FileCalls.Seek(directory, 0, whence: 0);
        return DirectoryReader.Read(directory, path).Select(entry => entry.Name.ToString()).ToHashSet();
    }

    /// <inheritdoc/>
    public void Dispose() => directory.Dispose();
}
