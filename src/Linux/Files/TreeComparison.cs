using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Files;

/// <summary>
/// Compares two trees that are to be the same layer: names, types, permissions, owners, sizes, devices, times, links, extended
/// attributes and content.
/// </summary>
/// <remarks>
/// Passed over is what one and the same archive leaves to chance: the times of directories (it need not describe each), the root
/// itself where the layer does not describe it, the owner and time of whiteouts, sockets, and what overlay notes for itself.
/// </remarks>
public static class TreeComparison
{
    private const int BufferSize = 256 * 1024;

    /// <summary>The first difference, in the order of a walk; null when there is none.</summary>
    /// <param name="expected">The tree that is right.</param>
    /// <param name="actual">The tree in question.</param>
    /// <param name="withRoot">Whether the root directory itself counts.</param>
    /// <param name="cancellationToken">Checked between files.</param>
    public static string? FirstDifference(string expected, string actual, bool withRoot, CancellationToken cancellationToken = default)
    {
        string? difference = null;
        FileTree.Walk(null, UnixPath.Of(expected), UnixPath.Empty, (_, _, relative, status) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (withRoot || !relative.IsEmpty)
                difference ??= Difference(UnixPath.Of(expected), UnixPath.Of(actual), relative, status);
            return difference is null;
        });
        return difference ?? Surplus(expected, actual);
    }

    private static string? Difference(UnixPath expected, UnixPath actual, UnixPath relative, FileStatus wanted)
    {
        UnixPath theirs = Join(expected, relative), ours = Join(actual, relative);
        if (FileCalls.TryStatus(null, ours, out FileStatus found) != Errno.None)
            return $"/{relative} is missing";
        if (wanted.IsWhiteout && found.IsWhiteout)
            return null;
        if (Comparable(wanted) != Comparable(found))
            return $"/{relative} has another type, owner, mode, size or time";
        if (!Describe(theirs).SequenceEqual(Describe(ours)))
            return $"/{relative} has other extended attributes";
        return wanted.Type switch
        {
            FileType.Regular => SameContent(theirs, ours, wanted.Size) ? null : $"/{relative} has other content",
            FileType.SymbolicLink => FileCalls.ReadLink(null, theirs).Equals(FileCalls.ReadLink(null, ours)) ? null : $"/{relative} points elsewhere",
            _ => null,
        };
    }

    private static (FileType, int, uint, uint, (uint, uint), FileTime?, long, uint) Comparable(FileStatus status) => (
        status.Type, status.Permissions, status.UserId, status.GroupId, status.SpecialDevice,
        status.IsDirectory ? null : status.Modified, status.IsDirectory ? 0 : status.Size, status.IsDirectory ? 0 : status.Links);

    private static IEnumerable<string> Describe(UnixPath path) => ExtendedAttributes.List(path)
        .Where(attribute => attribute.Name == "trusted.overlay.opaque" || !(ExtendedAttributes.IsOfHost(attribute.Name) || attribute.Name.StartsWith("trusted.overlay.", StringComparison.Ordinal)))
        .Select(attribute => attribute.Name + "=" + Convert.ToHexString(attribute.Value)).Order(StringComparer.Ordinal);

    private static bool SameContent(UnixPath theirs, UnixPath ours, long size)
    {
        using SafeFileHandle left = Open(theirs), right = Open(ours);
        byte[] one = new byte[BufferSize], other = new byte[BufferSize];
        for (long done = 0; done < size;)
        {
            int read = RandomAccess.Read(left, one, done);
            if (read == 0 || !ReadSame(right, one.AsSpan(0, read), other, done))
                return false;
            done += read;
        }
        return true;
    }

    private static bool ReadSame(SafeFileHandle file, ReadOnlySpan<byte> wanted, byte[] buffer, long offset)
    {
        for (int done = 0; done < wanted.Length;)
        {
            int read = RandomAccess.Read(file, buffer.AsSpan(0, wanted.Length - done), offset + done);
            if (read == 0 || !wanted.Slice(done, read).SequenceEqual(buffer.AsSpan(0, read)))
                return false;
            done += read;
        }
        return true;
    }

    private static SafeFileHandle Open(UnixPath path)
    {
        FileCalls.TryOpen(null, path, OpenFlags.ReadOnly | OpenFlags.NoFollow | OpenFlags.NonBlocking, 0, out SafeFileHandle? file).Check("open", path);
        return file!;
    }

    private static string? Surplus(string expected, string actual)
    {
        string? surplus = null;
        FileTree.Walk(null, UnixPath.Of(actual), UnixPath.Empty, (_, _, relative, status) =>
        {
            if (status.Type != FileType.Socket && FileCalls.TryStatus(null, Join(UnixPath.Of(expected), relative), out FileStatus _) != Errno.None)
                surplus ??= $"/{relative} does not belong there";
            return surplus is null;
        });
        return surplus;
    }

    private static UnixPath Join(UnixPath root, UnixPath relative) => relative.IsEmpty ? root : root.Append(relative.Bytes);
}
