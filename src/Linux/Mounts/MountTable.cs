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
