using Argosy.Linux.Files;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Copying;

/// <summary>
/// Copies files and trees from one root to another with modes, owners, times, extended attributes, hard links and holes.
/// Content is copied by the kernel (copy_file_range: a reflink where the file system can, else without leaving the kernel).
/// </summary>
public sealed partial class TreeCopier(RootDirectory source, RootDirectory destination, CopyOptions options)
{
    private const int NewDirectory = 0x1ed;

    private readonly Dictionary<(ulong Inode, (uint, uint) Device), UnixPath> linked = [];

    /// <summary>Copies what a directory holds into another. That one is made when it is missing: with 0755 and root's unless another owner was asked for, whatever the first one has (as BuildKit does).</summary>
    public void CopyContent(UnixPath from, UnixPath to, CancellationToken cancellationToken)
    {
        using SafeFileHandle sourceDirectory = source.OpenDirectory(from);
        FileStatus status = RootDirectory.StatusOf(sourceDirectory, from);
        bool isNew = destination.MakeDirectories(to, NewDirectory, options.Owner ?? (0, 0));
        using SafeFileHandle target = destination.OpenDirectory(to);
        CopyEntries(sourceDirectory, target, UnixPath.Empty, to, cancellationToken);
        if (isNew)
            FileCalls.SetTimes(target, status.Modified).Check("futimens", to);
    }

    /// <summary>Copies one file; a link at <paramref name="from"/> is followed, one at <paramref name="to"/> is replaced. The directory it goes to exists.</summary>
    public void CopyFile(UnixPath from, UnixPath to)
    {
        FileStatus status;
        using (SafeFileHandle any = source.OpenAny(from))
            status = RootDirectory.StatusOf(any, from);
        using SafeFileHandle parent = destination.OpenDirectory(to.Parent);
        if (status.Type != FileType.Regular)
        {
            Clear(parent, to.Name, to);
            MakeSpecial(parent, to.Name, status, to);
            return;
        }
        using SafeFileHandle file = source.OpenFile(from);
        MakeRegular(file, status, parent, to.Name, to);
    }

    private void CopyEntries(SafeFileHandle from, SafeFileHandle to, UnixPath relative, UnixPath subject, CancellationToken cancellationToken)
    {
        foreach (DirectoryEntry entry in DirectoryReader.Read(from, relative))
        {
            cancellationToken.ThrowIfCancellationRequested();
            UnixPath path = relative.Append(entry.Name.Bytes);
            if (options.IsExcluded(path))
                continue;
            FileCalls.TryStatus(from, entry.Name, out FileStatus status).Check("statx", path);
            CopyEntry(from, entry.Name, status, to, path, subject.Append(entry.Name.Bytes), cancellationToken);
        }
    }

    private void CopyEntry(SafeFileHandle from, UnixPath name, FileStatus status, SafeFileHandle to, UnixPath relative, UnixPath subject, CancellationToken cancellationToken)
    {
        switch (status.Type)
        {
            case FileType.Directory:
                CopyDirectory(from, name, status, to, relative, subject, cancellationToken);
                break;
            case FileType.Regular when TryLink(status, to, name, subject):
                break;
            case FileType.Regular:
                FileCalls.TryOpen(from, name, OpenFlags.ReadOnly | OpenFlags.NoFollow | OpenFlags.NonBlocking, 0, out SafeFileHandle? file).Check("openat", relative);
                using (file)
                    MakeRegular(file!, status, to, name, subject);
                if (status.Links > 1)
                    linked.TryAdd((status.Inode, status.Device), subject);
                break;
            case FileType.SymbolicLink:
                Clear(to, name, subject);
                FileCalls.MakeSymbolicLink(to, name, FileCalls.ReadLink(from, name)).Check("symlinkat", subject);
                Decorate(to, name, status, subject);
                CopyAttributes(ExtendedAttributes.Below(from, name), ExtendedAttributes.Below(to, name), subject);
                break;
            case FileType.Socket:
                // A socket without its listener is of no use; every tool leaves it out.
                break;
            default:
                Clear(to, name, subject);
                MakeSpecial(to, name, status, subject);
                break;
        }
    }

    private void CopyDirectory(SafeFileHandle from, UnixPath name, FileStatus status, SafeFileHandle to, UnixPath relative, UnixPath subject, CancellationToken cancellationToken)
    {
        Errno error = FileCalls.MakeDirectory(to, name, 0x1c0);
        if (error == Errno.Exists)
        {
            FileCalls.TryStatus(to, name, out FileStatus there).Check("statx", subject);
            if (!there.IsDirectory)
                throw new IOException($"cannot copy to non-directory: /{subject}");
        }
        else
        {
            error.Check("mkdirat", subject);
        }
        FileCalls.TryOpen(from, name, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow, 0, out SafeFileHandle? sourceDirectory).Check("openat", relative);
        using (sourceDirectory)
        {
            FileCalls.TryOpen(to, name, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow, 0, out SafeFileHandle? target).Check("openat", subject);
            using (target)
            {
                CopyEntries(sourceDirectory!, target!, relative, subject, cancellationToken);
                CopyAttributes(ExtendedAttributes.Below(from, name), ExtendedAttributes.Below(to, name), subject);
                FileCalls.ChangeOwner(target!, Owner(status).User, Owner(status).Group).Check("fchown", subject);
                FileCalls.ChangePermissions(target!, options.PermissionsOf(status)).Check("fchmod", subject);
                FileCalls.SetTimes(target!, status.Modified).Check("futimens", subject);
            }
        }
    }

    /// <summary>A second name of a file that was copied already becomes a second name of its copy.</summary>
    private bool TryLink(FileStatus status, SafeFileHandle to, UnixPath name, UnixPath subject)
    {
        if (status.Links < 2 || !linked.TryGetValue((status.Inode, status.Device), out UnixPath? first))
            return false;
        Clear(to, name, subject);
        using SafeFileHandle directory = destination.OpenDirectory(first.Parent);
        FileCalls.MakeHardLink(directory, first.Name, to, name).Check("linkat", subject);
        return true;
    }

    private (uint User, uint Group) Owner(FileStatus status) => options.Owner ?? (status.UserId, status.GroupId);
}
