using System.Globalization;

namespace Argosy.Runtime;

/// <summary>A line of passwd(5).</summary>
internal sealed record PasswdEntry(string Name, uint Uid, uint Gid, string Home)
{
    /// <summary>The lines that are whole; comments and damaged ones are passed over.</summary>
    public static IReadOnlyList<PasswdEntry> Parse(string text)
    {
        var entries = new List<PasswdEntry>();
        foreach (string line in text.Split('\n'))
        {
            string[] fields = line.Trim().Split(':');
            if (fields.Length >= 4
                && !fields[0].StartsWith('#')
                && uint.TryParse(fields[2], CultureInfo.InvariantCulture, out uint uid)
                && uint.TryParse(fields[3], CultureInfo.InvariantCulture, out uint gid))
                entries.Add(new PasswdEntry(fields[0], uid, gid, fields.Length > 5 && fields[5].Length > 0 ? fields[5] : "/"));
        }
        return entries;
    }
}
