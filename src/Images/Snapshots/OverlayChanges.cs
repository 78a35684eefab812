using Argosy.Linux.Archives;
using Argosy.Linux.Files;

namespace Argosy.Images.Snapshots;

/// <summary>Compares an overlay's upper directory with what lies below it, and reports what dockerd reports.</summary>
internal sealed class OverlayChanges
{
    private readonly IReadOnlyList<string> lower;
    private readonly SortedDictionary<string, ChangeKind> changes = new(StringComparer.Ordinal);

    private OverlayChanges(IReadOnlyList<string> lower) => this.lower = lower;

    /// <param name="upper">The upper directory.</param>
    /// <param name="lower">The layers, top first.</param>
    internal static IReadOnlyList<FileChange> Find(string upper, IReadOnlyList<string> lower)
    {
        var finder = new OverlayChanges(lower);
        UpperTree.Visit(upper, finder.Note);
        return [.. finder.changes.Select(change => new FileChange(change.Key, change.Value))];
    }

    private void Note(string path, FileStatus status, bool isOpaque)
    {
        FileStatus? below = Below(path);
        if (status.IsWhiteout)
            Add(path, ChangeKind.Deleted);
        else if (below is null)
            Add(path, ChangeKind.Added);
        else if (!status.IsDirectory || !below.Value.IsDirectory || isOpaque || Differs(status, below.Value))
            changes[path] = ChangeKind.Modified;
    }

    /// <summary>What comes or goes changes the directory it is in.</summary>
    private void Add(string path, ChangeKind kind)
    {
        changes[path] = kind;
        for (int slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            changes.TryAdd(path[..slash], ChangeKind.Modified);
    }

    private static bool Differs(FileStatus mine, FileStatus theirs) =>
        (mine.Permissions, mine.UserId, mine.GroupId, mine.Modified) != (theirs.Permissions, theirs.UserId, theirs.GroupId, theirs.Modified);

    /// <summary>The path in the image: from the highest layer that has it, unless one above deleted it.</summary>
    private FileStatus? Below(string path)
    {
        foreach (string layer in lower)
        {
            if (FileTree.Status(layer + path) is { } status)
                return status.IsWhiteout ? null : status;
            if (UpperTree.IsHidden(layer, path))
                return null;
        }
        return null;
    }
}
