using System.Text;
using System.Text.RegularExpressions;

namespace Argosy.Build.Expansion;

/// <summary>The shell's <c>*</c> and <c>?</c> in <c>${x#pattern}</c> and its relatives; without bracket expressions, as in Docker.</summary>
internal static class ShellPattern
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    public static string TrimPrefix(string value, string pattern, bool longest)
    {
        Match match = Match(value, "^(?:" + Translate(pattern, longest) + ")");
        return match.Success ? value[match.Length..] : value;
    }

    public static string TrimSuffix(string value, string pattern, bool longest)
    {
        // From right to left: the first match is the shortest or the longest suffix.
        for (int i = 0; i <= value.Length; i++)
        {
            int start = longest ? i : value.Length - i;
            if (Match(value[start..], "^(?:" + Translate(pattern, longest: true) + ")$").Success)
                return value[..start];
        }
        return value;
    }

    public static string Replace(string value, string pattern, string replacement, bool all)
    {
        string literal = replacement.Replace("\\/", "/", StringComparison.Ordinal).Replace("\\}", "}", StringComparison.Ordinal);
        var expression = new Regex(Translate(pattern, longest: true), RegexOptions.Singleline | RegexOptions.CultureInvariant, Limit);
        return expression.Replace(value, _ => literal, all ? -1 : 1);
    }

    private static Match Match(string value, string expression) =>
        Regex.Match(value, expression, RegexOptions.Singleline | RegexOptions.CultureInvariant, Limit);

    private static string Translate(string pattern, bool longest)
    {
        var expression = new StringBuilder();
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
                expression.Append(Regex.Escape(Escaped(pattern[++i])));
            else
                expression.Append(c switch { '*' => longest ? ".*" : ".*?", '?' => ".", _ => Regex.Escape(c.ToString()) });
        }
        return expression.ToString();
    }

    private static string Escaped(char c) => c is '*' or '?' or '\\' or '}' or '/'
        ? c.ToString()
        : throw new ExpansionException($"invalid pattern in substitution: invalid escape '\\{c}'");
}
