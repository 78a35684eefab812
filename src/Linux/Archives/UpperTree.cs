using Argosy.Linux.Files;

namespace Argosy.Linux.Archives;

/// <summary>Reads an overlay's upper directory, or an unpacked layer, which has the same form.</summary>
public static class UpperTree
{
    /// <summary>Visits everything below the root: its path from the root with a leading slash, its status, and whether it is an opaque directory.</summary>
    public static void Visit(string upper, Action<string, FileStatus, bool> visit) =>
        FileTree.Walk(null, UnixPath.Of(upper), UnixPath.Empty, (directory, name, relative, status) =>
        {
            if (directory is not null)
                visit("/" + relative, status, status.IsDirectory && Whiteout.IsOpaque(ExtendedAttributes.Below(directory, name)));
            return true;
        });

    /// <summary>True when a directory on the way to this path is deleted, replaced or opaque in the layer, so that layers below do not show it.</summary>
    public static bool IsHidden(string layer, string path)
    {
        for (int slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            string above = layer + path[..slash];
            if (FileTree.Status(above) is not { } status)
                continue;
            if (!status.IsDirectory || Whiteout.IsOpaque(UnixPath.Of(above)))
                return true;
        }
        return false;
    }
}
