using Argosy.Linux.Files;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Archives;

/// <summary>
/// Deletions in layers. In an archive: <c>.wh.name</c> and <c>.wh..wh..opq</c> (OCI image spec, layer.md#whiteouts).
/// On disk: overlay's character device 0:0 and <c>trusted.overlay.opaque</c> (kernel, filesystems/overlayfs).
/// </summary>
internal static class Whiteout
{
    internal const string OpaqueAttribute = "trusted.overlay.opaque";

    internal static ReadOnlySpan<byte> Prefix => ".wh."u8;

    internal static ReadOnlySpan<byte> OpaqueMarker => ".wh..wh..opq"u8;

    internal static bool IsMarker(UnixPath name) => name.Bytes.StartsWith(Prefix);

    internal static bool IsOpaqueMarker(UnixPath name) => name.Bytes.SequenceEqual(OpaqueMarker);

    /// <summary>aufs' own files (<c>.wh..wh.plnk</c>, …), which old images carry.</summary>
    internal static bool IsReserved(UnixPath name) => name.Bytes.StartsWith(".wh..wh."u8) || name.Bytes.Length == Prefix.Length;

    /// <summary>The name that a marker hides.</summary>
    internal static UnixPath Hidden(UnixPath marker) => UnixPath.Of(marker.Bytes[Prefix.Length..]);

    internal static bool IsOpaque(UnixPath path) => ExtendedAttributes.Get(path, OpaqueAttribute) is [(byte)'y'];

    /// <summary>Makes a directory hide what lower layers have in it; the empty name is the directory itself.</summary>
    internal static void MakeOpaque(SafeFileHandle directory, UnixPath name)
    {
        UnixPath path = ExtendedAttributes.Below(directory, name);
        ExtendedAttributes.TrySet(path, OpaqueAttribute, "y"u8).Check("setxattr", path);
    }

    /// <summary>Hides a name of lower layers. What this very layer has of that name stays: a directory becomes opaque.</summary>
    internal static void Make(SafeFileHandle directory, UnixPath name, UnixPath subject)
    {
        if (name.Bytes.SequenceEqual("."u8) || name.Bytes.SequenceEqual(".."u8))
            throw EntryPath.Refuse(subject, "it leads out of the archive's root");
        Errno error = FileCalls.MakeNode(directory, name, FileType.CharacterDevice, 0, (0, 0));
        if (error != Errno.Exists)
        {
            error.Check("mknodat", subject);
            return;
        }
        FileCalls.TryStatus(directory, name, out FileStatus existing).Check("statx", subject);
        if (existing.IsDirectory)
            MakeOpaque(directory, name);
    }
}
