using Argosy.Core;
using Argosy.Linux.Archives;
using Argosy.Linux.Files;

namespace Argosy.Cli.Archives;

/// <summary>Unpacks what a container gave: beside its target first, then moved over it, so that names can change and nothing is written elsewhere.</summary>
internal static class Unpacking
{
    /// <param name="archive">A tar archive whose entries lie below one name.</param>
    /// <param name="sourceName">That name.</param>
    /// <param name="target">Where the tree goes.</param>
    /// <param name="keepsOwners">False gives everything to the user of this program.</param>
    /// <param name="cancellationToken">Stops; what was unpacked is removed.</param>
    /// <returns>How many bytes.</returns>
    public static long Extract(Stream archive, string sourceName, LocalTarget target, bool keepsOwners, CancellationToken cancellationToken)
    {
        string staging = Path.Combine(target.Directory, ".argosy-cp-" + RandomId.Next()[..12]);
        Directory.CreateDirectory(staging);
        try
        {
            ExtractResult result = TarExtractor.Extract(archive, staging, new ExtractOptions { Owner = keepsOwners ? null : Self }, cancellationToken);
            string root = Path.Combine(staging, sourceName);
            // The content of a directory ("SRC/.") may come without the directory's own name.
            Merge(FileTree.Status(root) is null ? staging : root, target.Name is null ? target.Directory : Path.Combine(target.Directory, target.Name));
            return result.Bytes;
        }
        finally
        {
            FileTree.Remove(staging);
        }
    }

    /// <summary>The owner of this process's directory in /proc is its effective user.</summary>
    public static (uint User, uint Group) Self => FileTree.Status("/proc/self/") is { } status ? (status.UserId, status.GroupId) : (0, 0);

    /// <summary>Directories that exist keep what else they hold; files are replaced.</summary>
    private static void Merge(string source, string target)
    {
        FileStatus? there = FileTree.Status(target);
        bool isDirectory = FileTree.Status(source) is { IsDirectory: true };
        if (there is { IsDirectory: true } && !isDirectory)
            throw new IOException($"cannot overwrite directory \"{target}\" with a file");
        if (there is { IsDirectory: false } && isDirectory && !Directory.Exists(target))
            throw new IOException($"cannot overwrite \"{target}\" with a directory");
        if (!isDirectory)
            File.Move(source, target, overwrite: true);
        else if (there is null)
            Directory.Move(source, target);
        else
        {
            foreach (string entry in Directory.GetFileSystemEntries(source))
                Merge(entry, Path.Combine(target, Path.GetFileName(entry)));
        }
    }
}
