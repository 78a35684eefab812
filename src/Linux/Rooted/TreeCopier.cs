using Argosy.Linux.Files;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Rooted;

/// <summary>
/// Copies a directory's content with owners, permissions, times, extended attributes, hard links, holes and special files.
/// Everything is addressed from open directories and no symbolic link is followed, so that an image cannot lead the copy astray.
/// </summary>
public static class TreeCopier
{
    private static readonly OpenFlags ListFlags = OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow;

    /// <summary>Copies what is in a directory of a root file system, and gives the destination that directory's owner, permissions and attributes.</summary>
    /// <param name="root">The container's root; a symbolic link on the way is resolved within it.</param>
    /// <param name="path">The directory, from that root.</param>
    /// <param name="destination">An existing, empty directory.</param>
    /// <returns>False when there is no such directory: nothing is changed then.</returns>
    public static bool CopyContent(string root, string path, string destination)
    {
        using SafeFileHandle anchor = FileCalls.OpenAnchor(root);
        UnixPath inside = UnixPath.Of(path.TrimStart('/'));
        Errno error = FileCalls.TryOpenWithin(anchor, inside, OpenFlags.ReadOnly | OpenFlags.Directory, ResolveFlags.InRoot | ResolveFlags.NoMagicLinks, out SafeFileHandle? source);
        if (error is Errno.NoEntry or Errno.NotDirectory)
            return false;
        error.Check("openat2", inside);
        using (source)
        using (SafeFileHandle target = OpenDirectory(null, UnixPath.Of(destination), inside))
        {
            CopyDirectory(source!, target, inside, new Dictionary<(ulong, uint, uint), UnixPath>(), target);
            return true;
        }
    }

    private static void CopyDirectory(SafeFileHandle source, SafeFileHandle target, UnixPath subject, Dictionary<(ulong, uint, uint), UnixPath> links, SafeFileHandle top, UnixPath? below = null)
    {
        UnixPath relative = below ?? UnixPath.Empty;
        foreach (DirectoryEntry entry in DirectoryReader.Read(source, subject))
            CopyEntry(source, target, entry.Name, subject.Append(entry.Name.Bytes), links, top, relative.Append(entry.Name.Bytes));
        FileCalls.TryStatus(source, UnixPath.Empty, out FileStatus status).Check("statx", subject);
        CopyAttributes(source, UnixPath.Empty, target, UnixPath.Empty);
        FileCalls.ChangeOwner(target, status.UserId, status.GroupId).Check("fchown", subject);
        FileCalls.ChangePermissions(target, status.Permissions).Check("fchmod", subject);
        FileCalls.SetTimes(target, status.Modified).Check("futimens", subject);
    }

    private static void CopyEntry(
        SafeFileHandle source, SafeFileHandle target, UnixPath name, UnixPath subject,
        Dictionary<(ulong, uint, uint), UnixPath> links, SafeFileHandle top, UnixPath relative)
    {
        FileCalls.TryStatus(source, name, out FileStatus status).Check("statx", subject);
        if (status.IsDirectory)
        {
            FileCalls.MakeDirectory(target, name, 0x1C0).Check("mkdirat", subject);
            using SafeFileHandle from = OpenDirectory(source, name, subject);
            using SafeFileHandle to = OpenDirectory(target, name, subject);
            CopyDirectory(from, to, subject, links, top, relative);
            return;
        }
        (ulong, uint, uint) identity = (status.Inode, status.Device.Major, status.Device.Minor);
        if (status.Links > 1 && links.TryGetValue(identity, out UnixPath? first))
        {
            FileCalls.MakeHardLink(top, first, target, name).Check("linkat", subject);
            return;
        }
        if (Make(source, target, name, subject, status) && status.Links > 1)
            links[identity] = relative;
    }

    /// <summary>False for what cannot be copied: a socket means nothing without the process that listens on it.</summary>
    private static bool Make(SafeFileHandle source, SafeFileHandle target, UnixPath name, UnixPath subject, FileStatus status)
    {
        switch (status.Type)
        {
            case FileType.Regular:
                CopyFile(source, target, name, subject, status);
                return true;
            case FileType.SymbolicLink:
                FileCalls.MakeSymbolicLink(target, name, FileCalls.ReadLink(source, name)).Check("symlinkat", subject);
                break;
            case FileType.Socket:
                return false;
            default:
                FileCalls.MakeNode(target, name, status.Type, 0x180, status.SpecialDevice).Check("mknodat", subject);
                break;
        }
        FileCalls.ChangeOwner(target, name, status.UserId, status.GroupId).Check("fchownat", subject);
        CopyAttributes(source, name, target, name);
        if (status.Type != FileType.SymbolicLink)
            FileCalls.ChangePermissions(target, name, status.Permissions).Check("fchmodat", subject);
        FileCalls.SetTimes(target, name, status.Modified).Check("utimensat", subject);
        return true;
    }

    private static void CopyFile(SafeFileHandle source, SafeFileHandle target, UnixPath name, UnixPath subject, FileStatus status)
    {
        FileCalls.TryOpen(source, name, OpenFlags.ReadOnly | OpenFlags.NoFollow | OpenFlags.NonBlocking, 0, out SafeFileHandle? from).Check("openat", subject);
        using (from)
        {
            FileCalls.TryOpen(target, name, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.NoFollow, 0x180, out SafeFileHandle? to).Check("openat", subject);
            using (to)
            {
                FileData.Copy(from!, to!, status, subject);
                FileCalls.ChangeOwner(to!, status.UserId, status.GroupId).Check("fchown", subject);
                // After the owner: a change of owner clears capabilities and set-user-id bits.
                CopyAttributes(source, name, target, name);
                FileCalls.ChangePermissions(to!, status.Permissions).Check("fchmod", subject);
                FileCalls.SetTimes(to!, status.Modified).Check("futimens", subject);
            }
        }
    }

    /// <summary>Overlay's own marks stay behind; an attribute that the target's file system does not know is left out.</summary>
    private static void CopyAttributes(SafeFileHandle source, UnixPath name, SafeFileHandle target, UnixPath targetName)
    {
        UnixPath to = ExtendedAttributes.Below(target, targetName);
        foreach (ExtendedAttribute attribute in ExtendedAttributes.List(ExtendedAttributes.Below(source, name)))
        {
            if (attribute.Name.StartsWith("trusted.overlay.", StringComparison.Ordinal))
                continue;
            Errno error = ExtendedAttributes.TrySet(to, attribute.Name, attribute.Value);
            if (error is not (Errno.None or Errno.NotSupported))
                throw new LinuxException("lsetxattr", to.ToString(), error);
        }
    }

    private static SafeFileHandle OpenDirectory(SafeFileHandle? directory, UnixPath name, UnixPath subject)
    {
        FileCalls.TryOpen(directory, name, ListFlags, 0, out SafeFileHandle? opened).Check("openat", subject);
        return opened!;
    }
}
