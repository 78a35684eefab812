using Argosy.Linux.Files;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Archives;

/// <summary>Deletes from a tree what a layer's archive says is deleted below it; the layer's files come afterwards (<see cref="ExtractOptions.SkipWhiteouts"/>).</summary>
public static class LayerDeletions
{
    private const ResolveFlags Resolve = ResolveFlags.Beneath | ResolveFlags.NoSymbolicLinks | ResolveFlags.NoMagicLinks;

    /// <summary>Applies the markers of an archive, wherever in it they stand. One that names what is not there is passed over.</summary>
    /// <exception cref="ArchiveException">The archive is damaged or hostile.</exception>
    public static void Apply(TarReader reader, string directory, CancellationToken cancellationToken = default)
    {
        using SafeFileHandle root = FileCalls.OpenAnchor(directory);
        while (reader.TryNext(out TarEntry? entry))
        {
            cancellationToken.ThrowIfCancellationRequested();
            UnixPath path = EntryPath.Normalise(entry.Path, LinkPolicy.Refuse);
            if (!path.IsEmpty && Whiteout.IsMarker(path.Name))
                Apply(root, path);
        }
    }

    private static void Apply(SafeFileHandle root, UnixPath path)
    {
        if (FileCalls.TryOpenWithin(root, path.Parent, OpenFlags.ReadOnly | OpenFlags.Directory, Resolve, out SafeFileHandle? parent) != Errno.None)
            return;
        using (parent)
        {
            if (Whiteout.IsOpaqueMarker(path.Name))
            {
                foreach (DirectoryEntry entry in DirectoryReader.Read(parent!, path))
                    FileTree.Remove(parent, entry.Name, path);
            }
            else if (!Whiteout.IsReserved(path.Name))
            {
                UnixPath hidden = Whiteout.Hidden(path.Name);
                if (hidden.Bytes.SequenceEqual("."u8) || hidden.Bytes.SequenceEqual(".."u8))
                    throw EntryPath.Refuse(path, "it leads out of the archive's root");
                FileTree.Remove(parent, hidden, path);
            }
        }
    }
}
