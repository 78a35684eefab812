using Argosy.Linux.Files;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Copying;

/// <content>Making single files.</content>
public sealed partial class TreeCopier
{
    private void MakeRegular(SafeFileHandle file, FileStatus status, SafeFileHandle to, UnixPath name, UnixPath subject)
    {
        Clear(to, name, subject);
        FileCalls.TryOpen(to, name, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.NoFollow, 0x180, out SafeFileHandle? made).Check("openat", subject);
        using (made)
        {
            FileData.Copy(file, made!, status, subject);
            (uint user, uint group) = Owner(status);
            FileCalls.ChangeOwner(made!, user, group).Check("fchown", subject);
            FileCalls.ChangePermissions(made!, options.PermissionsOf(status)).Check("fchmod", subject);
            foreach (ExtendedAttribute attribute in ExtendedAttributes.List(Descriptor(file)))
                Check(attribute, ExtendedAttributes.TrySet(made!, attribute.Name, attribute.Value), subject);
            FileCalls.SetTimes(made!, status.Modified).Check("futimens", subject);
        }
    }

    private void MakeSpecial(SafeFileHandle to, UnixPath name, FileStatus status, UnixPath subject)
    {
        FileCalls.MakeNode(to, name, status.Type, 0x180, status.SpecialDevice).Check("mknodat", subject);
        Decorate(to, name, status, subject);
    }

    private void Decorate(SafeFileHandle to, UnixPath name, FileStatus status, UnixPath subject)
    {
        (uint user, uint group) = Owner(status);
        FileCalls.ChangeOwner(to, name, user, group).Check("fchownat", subject);
        if (status.Type != FileType.SymbolicLink)
            FileCalls.ChangePermissions(to, name, options.PermissionsOf(status)).Check("fchmodat", subject);
        FileCalls.SetTimes(to, name, status.Modified).Check("utimensat", subject);
    }

    /// <summary>Takes away what a file would replace. A directory is not replaced by a file.</summary>
    private static void Clear(SafeFileHandle to, UnixPath name, UnixPath subject)
    {
        Errno error = FileCalls.Unlink(to, name, isDirectory: false);
        if (error is Errno.None or Errno.NoEntry)
            return;
        if (error is Errno.IsDirectory or Errno.NotPermitted)
            throw new IOException($"cannot replace to directory /{subject} with file");
        throw new LinuxException("unlinkat", subject.ToString(), error);
    }

    private static void CopyAttributes(UnixPath from, UnixPath to, UnixPath subject)
    {
        foreach (ExtendedAttribute attribute in ExtendedAttributes.List(from))
            Check(attribute, ExtendedAttributes.TrySet(to, attribute.Name, attribute.Value), subject);
    }

    /// <summary>An attribute that the target's file system does not keep is left out, as every copying tool does; any other failure is one.</summary>
    private static void Check(ExtendedAttribute attribute, Errno error, UnixPath subject)
    {
        if (error is not (Errno.None or Errno.NotSupported) && !attribute.Name.StartsWith("trusted.overlay.", StringComparison.Ordinal))
            throw new LinuxException($"setxattr {attribute.Name}", subject.ToString(), error);
    }

    private static UnixPath Descriptor(SafeFileHandle file) => UnixPath.Of($"/proc/self/fd/{file.DangerousGetHandle()}");
}
