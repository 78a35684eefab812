using Argosy.Linux.Files;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Copying;

/// <summary>
/// A directory taken as a root: every path is resolved by the kernel as a process with that root would see it (openat2, RESOLVE_IN_ROOT),
/// so that no link in it leads outside.
/// </summary>
public sealed class RootDirectory : IDisposable
{
    private const int NewDirectory = 0x1ed;
    private const ResolveFlags Inside = ResolveFlags.InRoot | ResolveFlags.NoMagicLinks;

    private readonly SafeFileHandle root;

    private RootDirectory(SafeFileHandle root) => this.root = root;

    /// <summary>Opens a directory of the host.</summary>
    public static RootDirectory Open(string path) => new(FileCalls.OpenAnchor(path));

    /// <summary>What there is at a path, the last link followed or not; null when there is nothing.</summary>
    public FileStatus? Status(UnixPath path, bool follow = true)
    {
        OpenFlags flags = OpenFlags.PathOnly | (follow ? 0 : OpenFlags.NoFollow);
        Errno error = FileCalls.TryOpenWithin(root, path, flags, Inside, out SafeFileHandle? handle);
        if (error is Errno.NoEntry or Errno.NotDirectory or Errno.Loop)
            return null;
        error.Check("openat2", path);
        using (handle)
            return StatusOf(handle!, path);
    }

    /// <summary>The names in a directory, in byte order.</summary>
    public IReadOnlyList<UnixPath> Names(UnixPath directory)
    {
        using SafeFileHandle handle = OpenDirectory(directory);
        return [.. DirectoryReader.Read(handle, directory).Select(entry => entry.Name)];
    }

    /// <summary>A small file's content; null when there is no such file.</summary>
    /// <exception cref="IOException">It is longer than <paramref name="limit"/> bytes.</exception>
    public byte[]? ReadFile(UnixPath path, int limit)
    {
        if (Status(path) is not { Type: FileType.Regular } status)
            return null;
        if (status.Size > limit)
            throw new IOException($"{path} is larger than {limit} bytes");
        using SafeFileHandle file = OpenFile(path);
        byte[] content = new byte[status.Size];
        int length = 0;
        int read;
        while (length < content.Length && (read = FileCalls.Read(file, content.AsSpan(length), length, path.ToString())) > 0)
            length += read;
        return content[..length];
    }

    /// <summary>Opens a regular file for reading.</summary>
    public FileStream OpenRead(UnixPath path) => new(OpenFile(path), FileAccess.Read, bufferSize: 0);

    /// <summary>Opens a regular file without following any link, for who reads what somebody else has laid out.</summary>
    /// <returns>Null when there is nothing.</returns>
    /// <exception cref="IOException">A link is on the way, or it is something else than a regular file.</exception>
    public FileStream? OpenPlain(UnixPath path)
    {
        Errno error = FileCalls.TryOpenWithin(root, path, OpenFlags.ReadOnly | OpenFlags.NonBlocking, ResolveFlags.Beneath | ResolveFlags.NoSymbolicLinks, out SafeFileHandle? handle);
        if (error is Errno.NoEntry or Errno.NotDirectory)
            return null;
        // A socket cannot be opened at all (ENXIO).
        if (error is Errno.Loop or Errno.NoDeviceOrAddress)
            throw new IOException($"{path} is no regular file");
        error.Check("openat2", path);
        if (StatusOf(handle!, path).Type == FileType.Regular)
            return new FileStream(handle!, FileAccess.Read, bufferSize: 0);
        handle!.Dispose();
        throw new IOException($"{path} is no regular file");
    }

    /// <summary>A directory of this root as a root of its own.</summary>
    public RootDirectory OpenSubdirectory(UnixPath path) => new(OpenDirectory(path));

    /// <summary>A path that leads to this very directory while it is open.</summary>
    public string DescriptorPath => $"/proc/self/fd/{root.DangerousGetHandle()}";

    /// <summary>Where a file or directory is for the host, with every link of the way resolved inside this root; null when there is nothing.</summary>
    /// <remarks>Who changes the tree meanwhile changes what the path leads to: only for trees that nobody else writes.</remarks>
    public string? HostPath(UnixPath path)
    {
        Errno error = FileCalls.TryOpenWithin(root, path, OpenFlags.PathOnly, Inside, out SafeFileHandle? handle);
        if (error is Errno.NoEntry or Errno.NotDirectory or Errno.Loop)
            return null;
        error.Check("openat2", path);
        using (handle)
            return FileCalls.ReadLink(null, UnixPath.Of($"/proc/self/fd/{handle!.DangerousGetHandle()}")).ToString();
    }

    /// <summary>Removes a file or a whole tree; the last link is not followed.</summary>
    public void Remove(UnixPath path)
    {
        using SafeFileHandle directory = OpenDirectory(path.Parent);
        FileTree.Remove(directory, path.Name, path);
    }

    /// <summary>Makes a directory and those above it that are missing; what is there already stays as it is.</summary>
    /// <returns>True when the last one is new.</returns>
    public bool MakeDirectories(UnixPath path, int permissions, (uint User, uint Group) owner)
    {
        if (path.IsEmpty || Status(path) is { IsDirectory: true })
            return false;
        MakeDirectories(path.Parent, NewDirectory, owner);
        using SafeFileHandle parent = OpenDirectory(path.Parent);
        Errno error = FileCalls.MakeDirectory(parent, path.Name, permissions);
        if (error == Errno.Exists)
            throw new IOException($"cannot make the directory {path}: a file is in its place");
        error.Check("mkdirat", path);
        FileCalls.ChangeOwner(parent, path.Name, owner.User, owner.Group).Check("fchownat", path);
        FileCalls.ChangePermissions(parent, path.Name, permissions).Check("fchmodat", path);
        return true;
    }

    /// <summary>Writes a new file; one that is there is replaced.</summary>
    public void WriteFile(UnixPath path, ReadOnlySpan<byte> content, int permissions, (uint User, uint Group) owner)
    {
        using SafeFileHandle parent = OpenDirectory(path.Parent);
        Errno error = FileCalls.Unlink(parent, path.Name, isDirectory: false);
        if (error is not (Errno.None or Errno.NoEntry))
            throw new LinuxException("unlinkat", path.ToString(), error);
        FileCalls.TryOpen(parent, path.Name, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.NoFollow, 0x180, out SafeFileHandle? file).Check("openat", path);
        using (file)
        {
            FileCalls.WriteAll(file!, content, 0, path.ToString());
            FileCalls.ChangeOwner(file!, owner.User, owner.Group).Check("fchown", path);
            FileCalls.ChangePermissions(file!, permissions).Check("fchmod", path);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => root.Dispose();

    internal SafeFileHandle OpenDirectory(UnixPath path)
    {
        FileCalls.TryOpenWithin(root, path, OpenFlags.ReadOnly | OpenFlags.Directory, Inside, out SafeFileHandle? handle).Check("openat2", path);
        return handle!;
    }

    internal SafeFileHandle OpenFile(UnixPath path)
    {
        FileCalls.TryOpenWithin(root, path, OpenFlags.ReadOnly | OpenFlags.NonBlocking, Inside, out SafeFileHandle? handle).Check("openat2", path);
        return handle!;
    }

    /// <summary>Opens the file itself, whatever it is, for its status only; links are followed.</summary>
    internal SafeFileHandle OpenAny(UnixPath path)
    {
        FileCalls.TryOpenWithin(root, path, OpenFlags.PathOnly, Inside, out SafeFileHandle? handle).Check("openat2", path);
        return handle!;
    }

    internal static FileStatus StatusOf(SafeFileHandle handle, UnixPath subject)
    {
        FileCalls.TryStatus(handle, UnixPath.Empty, out FileStatus status).Check("statx", subject);
        return status;
    }
}
