using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Files;

/// <summary>Whole trees: remove, measure. Never follows a symbolic link, never crosses into what a link points at.</summary>
public static class FileTree
{
    private static readonly OpenFlags ListFlags = OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow;

    /// <summary>Removes a file or a tree; a missing one is no error.</summary>
    public static void Remove(string path)
    {
        UnixPath whole = UnixPath.Of(path);
        Remove(null, whole, whole);
    }

    /// <summary>rmdir alone, as a cgroup wants it: its files cannot be unlinked and go with it.</summary>
    /// <exception cref="LinuxException">It is not empty, or in use.</exception>
    public static void RemoveEmptyDirectory(string path)
    {
        UnixPath whole = UnixPath.Of(path);
        Errno error = TryUnlink(null, whole, isDirectory: true);
        if (error is not (Errno.None or Errno.NoEntry))
            throw new LinuxException("unlinkat", path, error);
    }

    /// <summary>Bytes on disk of a tree, a file with several links counted once.</summary>
    public static long Measure(string path)
    {
        long total = 0;
        var seen = new HashSet<ulong>();
        Walk(null, UnixPath.Of(path), UnixPath.Empty, (_, _, _, status) =>
        {
            if (status.Links == 1 || status.IsDirectory || seen.Add(status.Inode))
                total += status.Allocated;
            return true;
        });
        return total;
    }

    /// <summary>The sum of the files' sizes, a file with several links counted once.</summary>
    /// <param name="path">The tree; 0 when there is none.</param>
    /// <param name="onOneDevice">True: what is mounted below it does not count.</param>
    public static long SumOfSizes(string path, bool onOneDevice = false)
    {
        long total = 0;
        (uint Major, uint Minor)? device = null;
        var seen = new HashSet<ulong>();
        Walk(null, UnixPath.Of(path), UnixPath.Empty, (_, _, _, status) =>
        {
            if (onOneDevice && status.Device != (device ??= status.Device))
                return false;
            if (status.Type == FileType.Regular && (status.Links == 1 || seen.Add(status.Inode)))
                total += status.Size;
            return true;
        });
        return total;
    }

    /// <summary>The status of a file; null when there is none. A symbolic link is not followed.</summary>
    public static FileStatus? Status(string path) => FileCalls.TryStatus(null, UnixPath.Of(path), out FileStatus status) switch
    {
        Errno.None => status,
        Errno.NoEntry or Errno.NotDirectory => null,
        var error => throw new LinuxException("statx", path, error),
    };

    /// <summary>Gives a file or directory this owner and these permissions.</summary>
    public static void SetOwnerAndMode(string path, uint user, uint group, int permissions)
    {
        UnixPath whole = UnixPath.Of(path);
        Errno error = FileCalls.TryOpen(null, whole, OpenFlags.ReadOnly | OpenFlags.NoFollow | OpenFlags.NonBlocking, 0, out SafeFileHandle? handle);
        error.Check("open", whole);
        using (handle)
        {
            FileCalls.ChangeOwner(handle!, user, group).Check("fchown", whole);
            FileCalls.ChangePermissions(handle!, permissions).Check("fchmod", whole);
        }
    }

    /// <summary>Two paths of one file system change places, in one step (renameat2(2), RENAME_EXCHANGE): there is no instant without either.</summary>
    public static void Exchange(string one, string other)
    {
        UnixPath first = UnixPath.Of(one);
        FileCalls.Exchange(first, UnixPath.Of(other)).Check("renameat2", first);
    }

    /// <summary>Gives a file or directory this modification time.</summary>
    public static void SetTime(string path, FileTime modified)
    {
        UnixPath whole = UnixPath.Of(path);
        Errno error = FileCalls.TryOpen(null, whole, OpenFlags.ReadOnly | OpenFlags.NoFollow | OpenFlags.NonBlocking, 0, out SafeFileHandle? handle);
        error.Check("open", whole);
        using (handle)
            FileCalls.SetTimes(handle!, modified).Check("futimens", whole);
    }

    /// <summary>Gives everything in a tree that was modified later this modification time; the tree's root too.</summary>
    public static void ClampTimes(string path, FileTime latest) => Walk(null, UnixPath.Of(path), UnixPath.Empty, (directory, name, relative, status) =>
    {
        if (status.Modified <= latest)
            return true;
        if (directory is null)
            SetTime(path, latest);
        else
            FileCalls.SetTimes(directory, name, latest).Check("utimensat", relative);
        return true;
    });

    /// <summary>Visits the root, then everything below it, a directory before its content; the visitor says whether to descend.</summary>
    internal static void Walk(SafeFileHandle? directory, UnixPath name, UnixPath relative, Visit visit)
    {
        Errno error = FileCalls.TryStatus(directory, name, out FileStatus status);
        if (error == Errno.NoEntry)
            return;
        error.Check("statx", relative);
        if (!visit(directory, name, relative, status) || !status.IsDirectory)
            return;
        error = FileCalls.TryOpen(directory, name, ListFlags, 0, out SafeFileHandle? opened);
        // Trees that are in use change while they are walked.
        if (error == Errno.NoEntry)
            return;
        error.Check("openat", relative);
        using (opened)
        {
            foreach (DirectoryEntry entry in DirectoryReader.Read(opened!, relative))
                Walk(opened, entry.Name, relative.Append(entry.Name.Bytes), visit);
        }
    }

    internal static void Remove(SafeFileHandle? directory, UnixPath name, UnixPath subject)
    {
        Errno error = TryUnlink(directory, name, isDirectory: false);
        if (error is Errno.None or Errno.NoEntry)
            return;
        if (error is not (Errno.IsDirectory or Errno.NotPermitted))
            throw new LinuxException("unlinkat", subject.ToString(), error);
        FileCalls.TryOpen(directory, name, ListFlags, 0, out SafeFileHandle? opened).Check("openat", subject);
        using (opened)
        {
            foreach (DirectoryEntry entry in DirectoryReader.Read(opened!, subject))
                Remove(opened, entry.Name, subject.Append(entry.Name.Bytes));
        }
        error = TryUnlink(directory, name, isDirectory: true);
        if (error is not (Errno.None or Errno.NoEntry))
            throw new LinuxException("unlinkat", subject.ToString(), error);
    }

    private static Errno TryUnlink(SafeFileHandle? directory, UnixPath name, bool isDirectory) =>
        FileCalls.Unlink(directory, name, isDirectory);

    /// <summary>Called for each file with the open directory that holds it, its name there, and its path from the walk's root.</summary>
    internal delegate bool Visit(SafeFileHandle? directory, UnixPath name, UnixPath relative, FileStatus status);
}
