using System.Text;

namespace Argosy.Build.Expansion;

/// <summary>
/// Replaces variables in one word of a Dockerfile and removes its quotes and escapes, as a POSIX shell would:
/// <c>$x ${x} ${x:-w} ${x-w} ${x:+w} ${x+w} ${x:?w} ${x?w} ${x#p} ${x##p} ${x%p} ${x%%p} ${x/p/w} ${x//p/w}</c>.
/// </summary>
public ref struct WordExpander
{
    private readonly string text;
    private readonly Func<string, string?> lookUp;
    private readonly char escape;
    private int position;

    private WordExpander(string text, Func<string, string?> lookUp, char escape) =>
        (this.text, this.lookUp, this.escape) = (text, lookUp, escape);

    private readonly bool AtEnd => position >= text.Length;

    /// <summary>Expands a word.</summary>
    /// <exception cref="ExpansionException">Unbalanced quotes or braces, an unknown modifier, a variable that must be set and is not.</exception>
    public static string Expand(string text, Func<string, string?> lookUp, char escape = '\\')
    {
        var expander = new WordExpander(text, lookUp, escape);
        try
        {
            return expander.Run('\0', keepEscapes: false, null);
        }
        catch (ExpansionException exception)
        {
            throw new ExpansionException($"failed to process \"{text}\": {exception.Message}");
        }
    }

    /// <summary>Expands a text and splits the result at the white space that was not quoted.</summary>
    public static List<string> ExpandToWords(string text, Func<string, string?> lookUp, char escape = '\\')
    {
        var expander = new WordExpander(text, lookUp, escape);
        var words = new WordCollector();
        expander.Run('\0', keepEscapes: false, words);
        return words.Finish();
    }

    /// <summary>Expands the variables of a text in which quotes mean nothing (here-documents).</summary>
    public static string ExpandText(string text, Func<string, string?> lookUp, char escape = '\\')
    {
        var expander = new WordExpander(text, lookUp, escape);
        var result = new StringBuilder();
        while (!expander.AtEnd)
        {
            char c = text[expander.position];
            result.Append(c == '$' ? expander.Dollar() : c == escape ? expander.EscapedInText() : text[expander.position++].ToString());
        }
        return result.ToString();
    }

    private string Run(char stop, bool keepEscapes, WordCollector? words)
    {
        var result = new StringBuilder();
        while (!AtEnd)
        {
            char c = text[position];
            if (stop != '\0' && c == stop)
            {
                position++;
                return result.ToString();
            }
            string part = c switch
            {
                '\'' => SingleQuoted(),
                '"' => DoubleQuoted(keepEscapes),
                '$' => Dollar(),
                _ => Plain(keepEscapes, out c),
            };
            words?.Add(part, splits: c == '$' || (part.Length == 1 && c == part[0]));
            result.Append(part);
        }
        if (stop != '\0')
            throw new ExpansionException(stop == '}' ? "syntax error: missing '}'" : $"syntax error: missing '{stop}' in ${{}}");
        return result.ToString();
    }

    /// <summary>One ordinary or escaped character; <paramref name="first"/> is the escape when it was escaped.</summary>
    private string Plain(bool keepEscapes, out char first)
    {
        first = text[position++];
        if (first != escape)
            return first.ToString();
        if (AtEnd)
            return keepEscapes ? first.ToString() : "";
        char escaped = text[position++];
        first = '\0';
        return keepEscapes ? $"{escape}{escaped}" : escaped.ToString();
    }

    /// <summary>Only a dollar sign and the escape itself can be escaped in a text.</summary>
    private string EscapedInText()
    {
        position++;
        if (AtEnd || (text[position] != '$' && text[position] != escape))
            return escape.ToString();
        return text[position++].ToString();
    }

    private string SingleQuoted()
    {
        int end = text.IndexOf('\'', position + 1);
        if (end < 0)
            throw new ExpansionException("unexpected end of statement while looking for matching single-quote");
        string quoted = text[(position + 1)..end];
        position = end + 1;
        return quoted;
    }

    private string DoubleQuoted(bool keepEscapes)
    {
        var result = new StringBuilder();
        position++;
        while (!AtEnd)
        {
            char c = text[position];
            if (c == '"')
            {
                position++;
                return result.ToString();
            }
            if (c == '$')
            {
                result.Append(Dollar());
                continue;
            }
            position++;
            // Inside double quotes only ", $ and the escape itself can be escaped; before anything else it stays.
            if (c == escape && !AtEnd && (text[position] is '"' or '$' || text[position] == escape))
            {
                if (keepEscapes)
                    result.Append(escape);
                c = text[position++];
            }
            result.Append(c);
        }
        throw new ExpansionException("unexpected end of statement while looking for matching double-quote");
    }

    private string Dollar()
    {
        position++;
        if (AtEnd || text[position] != '{')
        {
            string bare = Name();
            return bare.Length == 0 ? "$" : lookUp(bare) ?? "";
        }
        position++;
        if (AtEnd)
            throw new ExpansionException("syntax error: missing '}'");
        if (text[position] is '{' or '}' or ':')
            throw new ExpansionException("syntax error: bad substitution");
        string name = Name();
        return Substitute(name, lookUp(name));
    }

    private string Substitute(string name, string? value)
    {
        char modifier = Next();
        switch (modifier)
        {
            case '}':
                return value ?? "";
            case '#' or '%':
                return Trim(modifier, value ?? "");
            case '/':
                return Replace(value ?? "");
        }
        bool emptyCounts = modifier == ':';
        if (emptyCounts)
            modifier = Next();
        string shown = emptyCounts ? $":{modifier}" : modifier.ToString();
        if (modifier is not ('-' or '+' or '?'))
            throw new ExpansionException($"unsupported modifier ({shown}) in substitution");
        string word = Run('}', keepEscapes: false, null);
        bool isSet = value is not null && !(emptyCounts && value.Length == 0);
        return (modifier, isSet) switch
        {
            ('-', true) => value!,
            ('-', false) => word,
            ('+', true) => word,
            ('+', false) => "",
            (_, true) => value!,
            _ => throw new ExpansionException($"{name}: {(word.Length > 0 ? word : value is null ? "is not allowed to be unset" : "is not allowed to be empty")}"),
        };
    }

    private string Trim(char side, string value)
    {
        string pattern = Run('}', keepEscapes: true, null);
        bool longest = pattern.StartsWith(side);
        return side == '#'
            ? ShellPattern.TrimPrefix(value, longest ? pattern[1..] : pattern, longest)
            : ShellPattern.TrimSuffix(value, longest ? pattern[1..] : pattern, longest);
    }

    private string Replace(string value)
    {
        bool all = !AtEnd && text[position] == '/';
        if (all)
            position++;
        string pattern = Run('/', keepEscapes: true, null);
        string replacement = Run('}', keepEscapes: true, null);
        return ShellPattern.Replace(value, pattern, replacement, all);
    }

    private char Next() => AtEnd ? throw new ExpansionException("syntax error: missing '}'") : text[position++];

    /// <summary>Letters, digits and underscores; or all digits; or one of the shell's special parameters.</summary>
    private string Name()
    {
        if (AtEnd)
            return "";
        int start = position;
        char first = text[position];
        if (char.IsDigit(first))
        {
            while (!AtEnd && char.IsDigit(text[position]))
                position++;
        }
        else if (first is '@' or '*' or '#' or '?' or '-' or '$' or '!')
        {
            position++;
        }
        else
        {
            while (!AtEnd && (char.IsLetterOrDigit(text[position]) || text[position] == '_'))
                position++;
        }
        return text[start..position];
    }
}
