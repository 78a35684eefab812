using System.Text;

namespace Argosy.Linux.Mounts;

/// <summary>What is mounted in this process's mount namespace (proc_pid_mountinfo(5)).</summary>
public static class MountTable
{
    /// <summary>The mount points below a directory, deepest mounts last.</summary>
    public static IReadOnlyList<string> Below(string directory)
    {
        string prefix = directory.TrimEnd('/') + "/";
        return [.. Read().Where(point => point.StartsWith(prefix, StringComparison.Ordinal))];
    }

    /// <summary>True when something is mounted exactly there.</summary>
    public static bool IsMountPoint(string path) => Read().Contains(path);

    /// <summary>The mount that a path is on, and whether what is mounted below it appears in its peers (shared), or its master's here (slave).</summary>
    public static (string Point, bool IsShared, bool IsSlave) PropagationOf(string path)
    {
        (string Point, string Line) best = File.ReadLines("/proc/self/mountinfo")
            .Select(line => (Point: Unescape(line.Split(' ', 6)[4]), Line: line))
            .Where(entry => entry.Point == "/" || path == entry.Point || path.StartsWith(entry.Point + "/", StringComparison.Ordinal))
            // Of several on one place the last is on top.
            .Aggregate((former, next) => next.Point.Length >= former.Point.Length ? next : former);
        string tags = best.Line[..best.Line.IndexOf(" - ", StringComparison.Ordinal)];
        return (best.Point, tags.Contains(" shared:", StringComparison.Ordinal), tags.Contains(" master:", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Read() =>
        File.ReadLines("/proc/self/mountinfo").Select(line => Unescape(line.Split(' ', 6)[4]));

    /// <summary>Spaces, tabs, newlines and backslashes are written as three octal digits.</summary>
    private static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
            return text;
        var plain = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length)
            {
                plain.Append((char)Convert.ToInt32(text.Substring(i + 1, 3), 8));
                i += 3;
            }
            else
                plain.Append(text[i]);
        }
        return plain.ToString();
    }
}
