using System.Globalization;

namespace Argosy.Runtime.Stats;

/// <summary>Reads the kernel's small text files. What is not there reads as nothing: a controller may be off, a container may end at any moment.</summary>
internal static class CgroupFile
{
    public static string Text(string directory, string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(directory, name));
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>A file with one number; "max" and what cannot be read are the given value.</summary>
    public static ulong Number(string directory, string name, ulong otherwise = 0) =>
        ulong.TryParse(Text(directory, name).AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) ? value : otherwise;

    /// <summary>A file of lines <c>key value</c>.</summary>
    public static Dictionary<string, ulong> Pairs(string directory, string name)
    {
        var pairs = new Dictionary<string, ulong>(StringComparer.Ordinal);
        foreach (string line in Text(directory, name).Split('\n'))
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0 && ulong.TryParse(line.AsSpan(space + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ulong value))
                pairs[line[..space]] = value;
        }
        return pairs;
    }

    /// <summary>Numbers with blanks between them.</summary>
    public static IReadOnlyList<ulong> Numbers(string directory, string name) =>
        [.. Text(directory, name).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(word => ulong.TryParse(word, CultureInfo.InvariantCulture, out ulong value) ? value : 0)];
}
