using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Files;

/// <summary>A file or directory below a root, found with every link on the way resolved inside that root, and held open (openat2(2), RESOLVE_IN_ROOT).</summary>
public sealed class ResolvedFile : IDisposable
{
    private readonly SafeFileHandle handle;

    private ResolvedFile(SafeFileHandle handle, bool isDirectory) => (this.handle, IsDirectory) = (handle, isDirectory);

    /// <summary>True for a directory.</summary>
    public bool IsDirectory { get; }

    /// <summary>A path for this process that leads there, valid while this object lives.</summary>
    public string HostPath => string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{handle.DangerousGetHandle()}");

    /// <summary>Finds it; null when there is nothing.</summary>
    public static ResolvedFile? TryOpen(string root, string path)
    {
        using SafeFileHandle anchor = FileCalls.OpenAnchor(root);
        Errno error = FileCalls.TryOpenWithin(anchor, UnixPath.Of(path), OpenFlags.PathOnly, ResolveFlags.InRoot | ResolveFlags.NoMagicLinks, out SafeFileHandle? found);
        if (error is Errno.NoEntry or Errno.NotDirectory or Errno.Loop)
            return null;
        error.Check("openat2", UnixPath.Of(path));
        FileCalls.TryStatus(found!, UnixPath.Of(""), out FileStatus status).Check("statx", UnixPath.Of(path));
        return new ResolvedFile(found!, status.IsDirectory);
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();
}
