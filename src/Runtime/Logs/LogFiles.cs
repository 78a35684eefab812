using System.Globalization;
using Argosy.Linux.Files;

namespace Argosy.Runtime.Logs;

/// <summary>
/// The files of one log: the one that conmon writes, and those that were rotated away, <c>NAME.7</c> or compressed <c>NAME.7.gz</c>.
/// Numbers only grow, the highest is the newest: a file never changes its number.
/// </summary>
internal sealed class LogFiles(string path)
{
    /// <summary>The file that conmon writes.</summary>
    public string Live => path;

    /// <summary>The directory that they are all in.</summary>
    public string Directory { get; } = Path.GetDirectoryName(path)!;

    /// <summary>The file that conmon makes to rename it over the live one (conmon 2.1, reopen_k8s_file).</summary>
    public string Spare => path + ".tmp";

    public string Rotated(int number) => $"{path}.{number.ToString(CultureInfo.InvariantCulture)}";

    public string Compressed(int number) => Rotated(number) + ".gz";

    /// <summary>A compressed file that is being made.</summary>
    public string Unfinished(int number) => Compressed(number) + ".tmp";

    /// <summary>The numbers of the files that were rotated away, oldest first.</summary>
    public IReadOnlyList<int> Numbers()
    {
        if (!System.IO.Directory.Exists(Directory))
            return [];
        string prefix = Path.GetFileName(path) + ".";
        var numbers = new SortedSet<int>();
        foreach (string file in System.IO.Directory.EnumerateFileSystemEntries(Directory).Select(file => Path.GetFileName(file)))
        {
            if (!file.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            string suffix = file[prefix.Length..];
            if (suffix.EndsWith(".gz", StringComparison.Ordinal))
                suffix = suffix[..^3];
            if (int.TryParse(suffix, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                numbers.Add(number);
        }
        return [.. numbers];
    }

    /// <summary>The number that the live file already has, while conmon has not begun the next one; null when it has none.</summary>
    public int? LiveNumber(IReadOnlyList<int> numbers)
    {
        if (numbers.Count == 0 || FileTree.Status(path) is not { } live)
            return null;
        return FileTree.Status(Rotated(numbers[^1])) is { } newest && newest.Inode == live.Inode ? numbers[^1] : null;
    }
}
