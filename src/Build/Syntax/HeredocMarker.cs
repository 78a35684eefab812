using System.Text.RegularExpressions;

namespace Argosy.Build.Syntax;

/// <summary>The word that announces a here-document: <c>&lt;&lt;EOF</c>, <c>&lt;&lt;-EOF</c>, <c>3&lt;&lt;"EOF"</c>.</summary>
internal sealed partial record HeredocMarker(string Name, bool Expand, bool Chomp)
{
    /// <summary>Reads one word; null when it announces nothing.</summary>
    public static HeredocMarker? Read(string word)
    {
        Match match = Marker().Match(word);
        if (!match.Success)
            return null;
        string raw = match.Groups["name"].Value;
        string name = raw.Replace("\"", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
        if (name.Length == 0 || name.Any(char.IsWhiteSpace))
            return null;
        return new HeredocMarker(name, Expand: name.Length == raw.Length, Chomp: match.Groups["dash"].Length > 0);
    }

    /// <summary>All here-documents that an instruction's text announces, in order.</summary>
    public static IEnumerable<HeredocMarker> ReadAll(string text, char escape)
    {
        foreach (string word in WordSplitter.Split(text, escape))
        {
            if (Read(word) is { } marker)
                yield return marker;
        }
    }

    [GeneratedRegex("^[0-9]*<<(?<dash>-?)(?<name>[^<]+)$")]
    private static partial Regex Marker();
}
