using System.Text;

namespace Argosy.Cli.Syntax;

/// <summary>One line of comma-separated fields with quotes (CSV), as <c>--mount</c> and <c>--network</c> take it.</summary>
internal static class CommaFields
{
    /// <summary>The fields, each split at its first "="; a field without one has an empty value and <c>HasValue</c> false.</summary>
    public static IReadOnlyList<(string Key, string Value, bool HasValue)> Parse(string text) =>
    [
        .. Split(text).Select(field => field.IndexOf('=', StringComparison.Ordinal) is >= 0 and var equals
            ? (field[..equals].Trim().ToLowerInvariant(), field[(equals + 1)..], true)
            : (field.Trim().ToLowerInvariant(), "", false)),
    ];

    private static List<string> Split(string text)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        bool isQuoted = false;
        foreach (char c in text)
        {
            if (c == '"')
                isQuoted = !isQuoted;
            else if (c == ',' && !isQuoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
                field.Append(c);
        }
        fields.Add(field.ToString());
        return isQuoted ? throw new FormatException("extraneous or missing \" in quoted-field") : fields;
    }
}
