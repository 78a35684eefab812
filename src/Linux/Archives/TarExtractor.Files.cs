using Argosy.Linux.Files;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Archives;

/// <content>Finding the parent directory, writing content, owners and attributes.</content>
public sealed partial class TarExtractor
{
    private ResolveFlags Resolve => options.Links == LinkPolicy.Refuse
        ? ResolveFlags.Beneath | ResolveFlags.NoSymbolicLinks | ResolveFlags.NoMagicLinks
        : ResolveFlags.InRoot | ResolveFlags.NoMagicLinks;

    /// <summary>The directory that holds the entry; missing ones are made. Archives list a directory's files one after the other, so the last one is kept open.</summary>
    private SafeFileHandle OpenParent(UnixPath path, TarEntry entry)
    {
        UnixPath wanted = path.Parent;
        if (!parentMayBeGone && wanted.Equals(parentPath))
            return parent;
        SafeFileHandle opened = OpenDirectory(wanted, entry);
        ForgetParent();
        (parentPath, parent, parentMayBeGone) = (wanted, opened, false);
        return opened;
    }

    private SafeFileHandle OpenDirectory(UnixPath path, TarEntry entry)
    {
        Errno error = FileCalls.TryOpenWithin(root, path, OpenFlags.PathOnly | OpenFlags.Directory, Resolve, out SafeFileHandle? handle);
        if (error == Errno.NoEntry)
        {
            MakeMissing(path, entry);
            error = FileCalls.TryOpenWithin(root, path, OpenFlags.PathOnly | OpenFlags.Directory, Resolve, out handle);
        }
        return error switch
        {
            Errno.None => handle!,
            Errno.Loop or Errno.CrossDevice => throw EntryPath.Refuse(entry.Path, "its path leads through a symbolic link"),
            Errno.NotDirectory => throw EntryPath.Refuse(entry.Path, $"\"{path}\" is not a directory"),
            _ => throw new LinuxException("openat2", path.ToString(), error),
        };
    }

    private void MakeMissing(UnixPath path, TarEntry entry)
    {
        if (path.IsEmpty)
            throw new LinuxException("openat2", "/", Errno.NoEntry);
        using SafeFileHandle? above = path.Parent.IsEmpty ? null : OpenDirectory(path.Parent, entry);
        Errno error = FileCalls.MakeDirectory(above ?? root, path.Name, 0x1ed);
        if (error == Errno.Exists)
            error = ReplaceByDirectory(above ?? root, path.Name);
        error.Check("mkdirat", path);
        FileCalls.ChangePermissions(above ?? root, path.Name, 0x1ed).Check("fchmodat", path);
    }

    private void ForgetParent()
    {
        if (!ReferenceEquals(parent, root))
            parent.Dispose();
        (parentPath, parent) = (UnixPath.Empty, root);
    }

    /// <summary>Removes what stands in the way. The directory that the caller works in stays open.</summary>
    private void Remove(SafeFileHandle directory, UnixPath name)
    {
        FileTree.Remove(directory, name, name);
        parentMayBeGone = hasReplaced = true;
    }

    private void MakeRegular(SafeFileHandle directory, UnixPath name, TarEntry entry, TarReader reader)
    {
        const OpenFlags Flags = OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.NoFollow;
        Errno error = FileCalls.TryOpen(directory, name, Flags, 0x180, out SafeFileHandle? file);
        if (error == Errno.Exists)
        {
            Remove(directory, name);
            error = FileCalls.TryOpen(directory, name, Flags, 0x180, out file);
        }
        error.Check("openat", entry.Path);
        using (file)
        {
            CopyContent(file!, entry, reader);
            (uint user, uint group) = OwnerOf(entry);
            FileCalls.ChangeOwner(file!, user, group).Check("fchown", entry.Path);
            FileCalls.ChangePermissions(file!, entry.Permissions).Check("fchmod", entry.Path);
            foreach (ExtendedAttribute attribute in entry.Attributes)
            {
                if (Wanted(attribute))
                    CheckAttribute(ExtendedAttributes.TrySet(file!, attribute.Name, attribute.Value), attribute, entry);
            }
            FileCalls.SetTimes(file!, entry.Modified).Check("futimens", entry.Path);
        }
    }

    private void CopyContent(SafeFileHandle file, TarEntry entry, TarReader reader)
    {
        long end = 0;
        string subject = entry.Path.ToString();
        while (reader.TryReadBlock(out ReadOnlySpan<byte> block, out long offset))
        {
            written += block.Length;
            if (written > options.MaximumBytes)
                throw EntryPath.Refuse(entry.Path, $"the archive unfolds to more than {options.MaximumBytes} bytes");
            FileCalls.WriteAll(file, block, offset, subject);
            end = offset + block.Length;
        }
        if (end < entry.Size)
            FileCalls.SetLength(file, entry.Size).Check("ftruncate", entry.Path);
        size += Math.Max(end, entry.Size);
    }

    /// <summary>Owner, permissions, attributes and time of anything but a regular file, in the order in which none undoes another.</summary>
    private void Decorate(SafeFileHandle directory, UnixPath name, TarEntry entry, FileTime? time)
    {
        (uint user, uint group) = OwnerOf(entry);
        FileCalls.ChangeOwner(directory, name, user, group).Check("fchownat", entry.Path);
        if (entry.Type != FileType.SymbolicLink)
            FileCalls.ChangePermissions(directory, name, entry.Permissions).Check("fchmodat", entry.Path);
        foreach (ExtendedAttribute attribute in entry.Attributes)
        {
            if (Wanted(attribute))
                CheckAttribute(ExtendedAttributes.TrySet(ExtendedAttributes.Below(directory, name), attribute.Name, attribute.Value), attribute, entry);
        }
        if (time is { } modified)
            FileCalls.SetTimes(directory, name, modified).Check("utimensat", entry.Path);
    }

    private (uint User, uint Group) OwnerOf(TarEntry entry) => options.Owner ?? (Id(entry.UserId, entry), Id(entry.GroupId, entry));

    private static uint Id(long id, TarEntry entry) =>
        id is >= 0 and < uint.MaxValue ? (uint)id : throw EntryPath.Refuse(entry.Path, $"its owner {id} is no user id");

    private bool Wanted(ExtendedAttribute attribute) =>
        !options.Whiteouts || !(attribute.Name.StartsWith("trusted.overlay.", StringComparison.Ordinal) || attribute.Name.StartsWith("user.overlay.", StringComparison.Ordinal));

    /// <summary>A file system without attributes, and user attributes on what cannot have them, are passed over, as dockerd does.</summary>
    private void CheckAttribute(Errno error, ExtendedAttribute attribute, TarEntry entry)
    {
        if (error == Errno.None || (error == Errno.NotSupported && !options.RequireAttributes))
            return;
        if (error == Errno.NotPermitted && attribute.Name.StartsWith("user.", StringComparison.Ordinal))
            return;
        throw new LinuxException($"setxattr {attribute.Name}", entry.Path.ToString(), error);
    }
}
