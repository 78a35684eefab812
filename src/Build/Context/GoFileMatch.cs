using System.Text;

namespace Argosy.Build.Context;

/// <summary>
/// Go's <c>filepath.Match</c> (pkg.go.dev/path/filepath#Match): <c>*</c> and <c>?</c> do not cross a slash, <c>[a-z]</c> and <c>[^a-z]</c>,
/// a backslash escapes. COPY and ADD match one path element with it at a time.
/// </summary>
public static class GoFileMatch
{
    /// <summary>True when the whole name matches.</summary>
    /// <exception cref="FormatException">The pattern is malformed.</exception>
    public static bool IsMatch(string pattern, string name)
    {
        string expression = Translate(pattern);
        return System.Text.RegularExpressions.Regex.IsMatch(name, expression, System.Text.RegularExpressions.RegexOptions.Singleline | System.Text.RegularExpressions.RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    /// <summary>True when the text would match anything but itself.</summary>
    public static bool HasWildcard(string pattern) => pattern.AsSpan().IndexOfAny("*?[\\") >= 0;

    private static string Translate(string pattern)
    {
        var expression = new StringBuilder("^");
        for (int i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*':
                    expression.Append("[^/]*");
                    break;
                case '?':
                    expression.Append("[^/]");
                    break;
                case '[':
                    i = TranslateClass(pattern, i, expression);
                    break;
                case '\\':
                    expression.Append(Literal(Escaped(pattern, ref i)));
                    break;
                default:
                    expression.Append(Literal(pattern[i]));
                    break;
            }
        }
        return expression.Append("\\z").ToString();
    }

    private static int TranslateClass(string pattern, int start, StringBuilder expression)
    {
        int i = start + 1;
        bool negated = i < pattern.Length && pattern[i] == '^';
        if (negated)
            i++;
        // Go lets a class match a slash only when it is not negated and names it; a negated one would too, as does ours.
        expression.Append(negated ? "[^" : "[");
        int ranges = 0;
        while (true)
        {
            if (i < pattern.Length && pattern[i] == ']' && ranges > 0)
                break;
            char low = ClassCharacter(pattern, ref i);
            char high = low;
            if (i < pattern.Length && pattern[i] == '-')
            {
                i++;
                high = ClassCharacter(pattern, ref i);
            }
            ranges++;
            // An inverted range matches nothing in Go, and is an error in .NET.
            if (low <= high)
                expression.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)low:x4}-\\u{(int)high:x4}");
        }
        if (expression[^1] is '[' or '^')
            throw new FormatException("syntax error in pattern");
        expression.Append(']');
        return i;
    }

    private static char ClassCharacter(string pattern, ref int i)
    {
        if (i >= pattern.Length || pattern[i] is '-' or ']')
            throw new FormatException("syntax error in pattern");
        char c = pattern[i] == '\\' ? Escaped(pattern, ref i) : pattern[i];
        i++;
        if (i >= pattern.Length)
            throw new FormatException("syntax error in pattern");
        return c;
    }

    private static char Escaped(string pattern, ref int i) =>
        ++i < pattern.Length ? pattern[i] : throw new FormatException("syntax error in pattern");

    private static string Literal(char c) => System.Text.RegularExpressions.Regex.Escape(c.ToString());
}
