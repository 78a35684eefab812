using System.Globalization;
using System.Text;

namespace Argosy.Build.Execution;

/// <summary>Go's <c>%q</c>, in which histories are written.</summary>
internal static class GoQuote
{
    /// <summary><c>["a" "b"]</c>.</summary>
    public static string List(IEnumerable<string> words) => $"[{string.Join(' ', words.Select(Text))}]";

    /// <summary>A string in double quotes.</summary>
    public static string Text(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
            quoted.Append(c == '"' ? "\\\"" : Escape(c));
        return quoted.Append('"').ToString();
    }

    /// <summary>A number as the character with this code, in single quotes.</summary>
    public static string Character(int code) => code == '\'' ? "'\\''" : $"'{Escape((char)code)}'";

    private static string Escape(char c) => c switch
    {
        '\\' => "\\\\",
        '\a' => "\\a",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\v' => "\\v",
        < ' ' or '\x7f' => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
        _ => c.ToString(),
    };
}
