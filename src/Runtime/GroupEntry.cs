using System.Globalization;

namespace Argosy.Runtime;

/// <summary>A line of group(5).</summary>
internal sealed record GroupEntry(string Name, uint Gid, IReadOnlyList<string> Members)
{
    /// <summary>The lines that are whole; comments and damaged ones are passed over.</summary>
    public static IReadOnlyList<GroupEntry> Parse(string text)
    {
        var entries = new List<GroupEntry>();
        foreach (string line in text.Split('\n'))
        {
            string[] fields = line.Trim().Split(':');
            if (fields.Length >= 3 && !fields[0].StartsWith('#') && uint.TryParse(fields[2], CultureInfo.InvariantCulture, out uint gid))
                entries.Add(new GroupEntry(fields[0], gid, fields.Length > 3 ? fields[3].Split(',', StringSplitOptions.RemoveEmptyEntries) : []));
        }
        return entries;
    }
}
