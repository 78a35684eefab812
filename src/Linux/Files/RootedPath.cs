using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Files;

/// <summary>
/// A path inside a container's root, held by its parent directory's descriptor: whatever the container does with links meanwhile,
/// it cannot lead the daemon outside (openat2(2), RESOLVE_IN_ROOT).
/// </summary>
public sealed class RootedPath : IDisposable
{
    private readonly SafeFileHandle parent;
    private readonly UnixPath name;

    private RootedPath(SafeFileHandle parent, UnixPath name, FileStatus status) => (this.parent, this.name, Status) = (parent, name, status);

    /// <summary>What is there; of a symbolic link, the link.</summary>
    public FileStatus Status { get; }

    /// <summary>A path for this process that leads there, valid while this object lives.</summary>
    public string HostPath => string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{parent.DangerousGetHandle()}/{name}");

    /// <summary>Where the symbolic link points, as it is written; empty for anything else.</summary>
    public string LinkTarget => Status.Type == FileType.SymbolicLink ? FileCalls.ReadLink(parent, name).ToString() : "";

    /// <summary>Finds a path; links on the way are followed inside the root, the last component is not.</summary>
    /// <param name="root">The root directory; may be a /proc/PID/root.</param>
    /// <param name="path">Absolute, as a process inside would write it. A path that ends in <c>/</c> or <c>/.</c> means the directory it leads to.</param>
    /// <returns>Null when there is nothing.</returns>
    public static RootedPath? TryOpen(string root, string path)
    {
        string relative = path.TrimStart('/');
        bool isDirectoryItself = relative.Length == 0 || relative.EndsWith('/') || relative.EndsWith("/.", StringComparison.Ordinal) || relative == ".";
        int slash = relative.LastIndexOf('/');
        (string directory, string last) = isDirectoryItself ? (relative, ".") : slash < 0 ? ("", relative) : (relative[..slash], relative[(slash + 1)..]);
        // A component ".." at the end would leave the directory that was checked.
        if (last == "..")
            (directory, last) = (relative, ".");
        using SafeFileHandle anchor = FileCalls.OpenAnchor(root);
        Errno error = FileCalls.TryOpenWithin(anchor, UnixPath.Of(directory), OpenFlags.PathOnly | OpenFlags.Directory, ResolveFlags.InRoot | ResolveFlags.NoMagicLinks, out SafeFileHandle? parent);
        if (error is Errno.NoEntry or Errno.NotDirectory or Errno.Loop)
            return null;
        error.Check("openat2", UnixPath.Of(path));
        UnixPath name = UnixPath.Of(last);
        if (FileCalls.TryStatus(parent!, name, out FileStatus status) == Errno.None)
            return new RootedPath(parent!, name, status);
        parent!.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => parent.Dispose();
}
