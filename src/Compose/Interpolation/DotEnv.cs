using System.Text;

namespace Argosy.Compose;

/// <summary>
/// Reads <c>.env</c> and env_file syntax: <c>[export] NAME=value</c>, comments, single quotes (literal), double quotes (escapes, several lines);
/// unquoted and double-quoted values are interpolated. A name alone takes its value from the environment.
/// </summary>
internal sealed class DotEnv(string file, string text, Func<string, string?> environment)
{
    private readonly OrderedDictionary<string, string> values = new(StringComparer.Ordinal);
    private int position;
    private int line = 1;

    internal static IReadOnlyDictionary<string, string> Read(string file, Func<string, string?> environment) =>
        new DotEnv(file, File.ReadAllText(file), environment).Parse();

    internal IReadOnlyDictionary<string, string> Parse()
    {
        while (SkipToStatement())
            ReadStatement();
        return values;
    }

    private bool AtEnd => position >= text.Length;

    private bool SkipToStatement()
    {
        while (!AtEnd)
        {
            if (text[position] == '#')
                SkipLine();
            else if (text[position] is ' ' or '\t' or '\r' or '\n' or '\uFEFF')
                Advance();
            else
                return true;
        }
        return false;
    }

    private void ReadStatement()
    {
        int end = text.AsSpan(position).IndexOfAny('=', ':', '\n');
        string head = (end < 0 ? text[position..] : text.Substring(position, end)).Trim();
        char separator = end < 0 ? '\n' : text[position + end];
        string name = head.StartsWith("export ", StringComparison.Ordinal) ? head["export ".Length..].Trim() : head;
        if (name.Length == 0 || name.Any(c => char.IsWhiteSpace(c) || c is '"' or '\''))
            throw Error($"unexpected character in variable name \"{name}\"");
        position = end < 0 ? text.Length : position + end;
        if (separator == '\n')
        {
            if (environment(name) is { } inherited)
                values[name] = inherited;
            return;
        }
        position++;
        values[name] = ReadValue();
    }

    private string ReadValue()
    {
        while (!AtEnd && text[position] is ' ' or '\t')
            position++;
        return AtEnd ? "" : text[position] switch
        {
            '\'' => ReadQuoted('\''),
            '"' => Interpolate(ReadQuoted('"')),
            _ => Interpolate(ReadUnquoted()),
        };
    }

    private string ReadUnquoted()
    {
        int start = position;
        SkipLine();
        string value = text[start..position];
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] == '#' && (i == 0 || char.IsWhiteSpace(value[i - 1])))
                return value[..i].Trim();
        }
        return value.Trim();
    }

    private string ReadQuoted(char quote)
    {
        int startLine = line;
        var value = new StringBuilder();
        for (Advance(); !AtEnd && text[position] != quote; Advance())
        {
            if (quote == '"' && text[position] == '\\' && position + 1 < text.Length)
            {
                Advance();
                value.Append(Unescape(text[position]));
            }
            else
            {
                value.Append(text[position]);
            }
        }
        if (AtEnd)
            throw new ComposeException($"{file}:{startLine}: unterminated quoted value");
        Advance();
        SkipLine();
        return value.ToString();
    }

    /// <summary>An escaped dollar sign stays literal through the interpolation that follows.</summary>
    private static string Unescape(char c) => c switch
    {
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        '$' => "$$",
        '"' or '\\' => c.ToString(),
        _ => "\\" + c,
    };

    private string Interpolate(string value)
    {
        try
        {
            return new Template(name => environment(name) ?? values.GetValueOrDefault(name), static _ => { }).Substitute(value);
        }
        catch (FormatException exception)
        {
            throw Error(exception.Message);
        }
    }

    private void SkipLine()
    {
        int end = text.IndexOf('\n', position);
        position = end < 0 ? text.Length : end;
    }

    private void Advance()
    {
        if (text[position++] == '\n')
            line++;
    }

    private ComposeException Error(string message) => new($"{file}:{line}: {message}");
}
