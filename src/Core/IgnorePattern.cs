using System.Text;
using System.Text.RegularExpressions;

namespace Argosy.Core;

/// <summary>One pattern of a .dockerignore file.</summary>
internal sealed class IgnorePattern
{
    private readonly Regex expression;

    private IgnorePattern(Regex expression, bool isException) => (this.expression, IsException) = (expression, isException);

    /// <summary>True for <c>!pattern</c>.</summary>
    public bool IsException { get; }

    /// <summary>Reads one line; null when nothing is left of it after cleaning (<c>.</c>, <c>/</c>).</summary>
    /// <exception cref="FormatException">A lone <c>!</c> or a malformed pattern.</exception>
    public static IgnorePattern? Parse(string line)
    {
        bool isException = line.StartsWith('!');
        string text = isException ? line[1..].Trim() : line;
        if (isException && text.Length == 0)
            throw new FormatException("illegal exclusion pattern: \"!\"");
        string clean = Clean(text);
        return clean.Length == 0 ? null : new IgnorePattern(Translate(clean), isException);
    }

    /// <summary>True when the path or a directory above it matches.</summary>
    public bool MatchesPathOrParent(string path)
    {
        for (int end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
        {
            if (expression.IsMatch(path[..end]))
                return true;
        }
        return false;
    }

    /// <summary>Lexical cleaning as Go's filepath.Clean does it, without leading and trailing slashes.</summary>
    private static string Clean(string path)
    {
        var parts = new List<string>();
        foreach (string part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (part is not "." and not "..")
                parts.Add(part);
        }
        return string.Join('/', parts);
    }

    private static Regex Translate(string pattern)
    {
        var text = new StringBuilder("^");
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '*' && i + 1 < pattern.Length && pattern[i + 1] == '*')
            {
                i++;
                // "**/x" is x in any directory, this one too; "x/**" is everything below x; "a**b" is anything between.
                bool slash = i + 1 < pattern.Length && pattern[i + 1] == '/';
                text.Append(i + 1 == pattern.Length ? ".*" : slash ? "(.*/)?" : ".*");
                if (slash)
                    i++;
                continue;
            }
            i = TranslateOne(pattern, i, text);
        }
        try
        {
            return new Regex(text.Append("\\z").ToString(), RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException exception)
        {
            throw new FormatException("syntax error in pattern", exception);
        }
    }

    private static int TranslateOne(string pattern, int i, StringBuilder text)
    {
        switch (pattern[i])
        {
            case '*':
                text.Append("[^/]*");
                return i;
            case '?':
                text.Append("[^/]");
                return i;
            case '[':
                int end = pattern.IndexOf(']', Math.Min(i + 2, pattern.Length));
                if (end < 0)
                    throw new FormatException("syntax error in pattern");
                text.Append(pattern.AsSpan(i, end - i + 1));
                return end;
            case '\\' when i + 1 == pattern.Length:
                throw new FormatException("syntax error in pattern");
            case '\\':
                text.Append(Regex.Escape(pattern[i + 1].ToString()));
                return i + 1;
            default:
                text.Append(Regex.Escape(pattern[i].ToString()));
                return i;
        }
    }
}
