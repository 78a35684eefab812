using Argosy.Linux.Copying;
using Argosy.Linux.Files;

namespace Argosy.Engine.Builds;

/// <summary>
/// The OCI runtime makes the files and directories it mounts on where they are missing. They are not the step's work:
/// they must not get into its layer, and neither must the directories they were made in.
/// </summary>
internal sealed class MountStubs
{
    // What every container gets mounted.
    private static readonly string[] Destinations = ["proc", "dev", "sys", "etc/resolv.conf", "etc/hosts", "etc/hostname"];

    private readonly List<UnixPath> missing = [];
    private readonly Dictionary<UnixPath, FileStatus> before = [];

    private MountStubs()
    {
    }

    /// <summary>Notes what of the mount points is not there, and how the directories around it are.</summary>
    /// <param name="more">Mount points beside the usual ones, relative to the root.</param>
    public static MountStubs Find(string rootPath, IEnumerable<string> more)
    {
        using var root = RootDirectory.Open(rootPath);
        var stubs = new MountStubs();
        foreach (string destination in Destinations.Concat(more))
            stubs.Note(root, UnixPath.Of(destination.Trim('/')));
        return stubs;
    }

    /// <summary>Removes from an upper directory what was made for mounting and is still empty.</summary>
    public void RemoveFrom(string upperPath)
    {
        using var upper = RootDirectory.Open(upperPath);
        foreach (UnixPath path in missing)
        {
            if (!IsEmptyStub(upper, path))
                continue;
            upper.Remove(path);
            RemoveUnchangedParents(upper, path.Parent);
        }
    }

    private void Note(RootDirectory root, UnixPath path)
    {
        for (UnixPath at = path; !at.IsEmpty; at = at.Parent)
        {
            if (root.Status(at, follow: false) is { } status)
                before.TryAdd(at, status);
            else
                missing.Add(at);
        }
    }

    /// <summary>A directory that is in the upper layer only because something was made in it, and is as it was, goes too.</summary>
    private void RemoveUnchangedParents(RootDirectory upper, UnixPath path)
    {
        for (; !path.IsEmpty; path = path.Parent)
        {
            if (!before.TryGetValue(path, out FileStatus then) || upper.Status(path, follow: false) is not { IsDirectory: true } now)
                return;
            if ((then.Permissions, then.UserId, then.GroupId) != (now.Permissions, now.UserId, now.GroupId) || upper.Names(path).Count > 0)
                return;
            upper.Remove(path);
        }
    }

    private static bool IsEmptyStub(RootDirectory upper, UnixPath path) => upper.Status(path, follow: false) switch
    {
        { Type: FileType.Regular, Size: 0 } => true,
        { IsDirectory: true } => upper.Names(path).Count == 0,
        _ => false,
    };
}
