using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Argosy.Compose;

/// <summary>
/// Compose's variable substitution: <c>$X ${X} ${X:-d} ${X-d} ${X:?e} ${X?e} ${X:+r} ${X+r} $$</c>; defaults may contain variables themselves.
/// </summary>
internal sealed class Template(Func<string, string?> lookup, Action<string> onMissing)
{
    /// <exception cref="FormatException">The text is no template, or a required variable (<c>:?</c>) is missing; the message is for the user.</exception>
    internal string Substitute(string text)
    {
        if (!text.Contains('$', StringComparison.Ordinal))
            return text;
        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length;)
        {
            if (text[i] != '$')
                result.Append(text[i++]);
            else
                i = SubstituteAt(text, i, result);
        }
        return result.ToString();
    }

    /// <summary>Handles the dollar sign at <paramref name="dollar"/>; returns where the text goes on.</summary>
    private int SubstituteAt(string text, int dollar, StringBuilder result)
    {
        int next = dollar + 1;
        if (next >= text.Length)
            throw Invalid(text);
        if (text[next] == '$')
        {
            result.Append('$');
            return next + 1;
        }
        if (text[next] == '{')
        {
            int end = ClosingBrace(text, next);
            result.Append(Braced(text[(next + 1)..end], text));
            return end + 1;
        }
        int length = NameLength(text.AsSpan(next));
        if (length == 0)
            throw Invalid(text);
        result.Append(ValueOrBlank(text.Substring(next, length)));
        return next + length;
    }

    private string Braced(string body, string whole)
    {
        int length = NameLength(body);
        if (length == 0)
            throw Invalid(whole);
        string name = body[..length];
        string rest = body[length..];
        if (rest.Length == 0)
            return ValueOrBlank(name);
        bool emptyCounts = rest[0] == ':';
        string operation = emptyCounts ? rest[1..] : rest;
        string? value = lookup(name);
        bool isSet = emptyCounts ? !string.IsNullOrEmpty(value) : value is not null;
        return (operation.Length == 0 ? '\0' : operation[0]) switch
        {
            '-' => isSet ? value! : Substitute(operation[1..]),
            '+' => isSet ? Substitute(operation[1..]) : "",
            '?' => isSet ? value! : throw new FormatException($"required variable {name} is missing a value: {Substitute(operation[1..])}"),
            _ => throw Invalid(whole),
        };
    }

    private string ValueOrBlank(string name)
    {
        string? value = lookup(name);
        if (value is null)
            onMissing(name);
        return value ?? "";
    }

    /// <summary>The brace that closes the one at <paramref name="open"/>; nested <c>${…}</c> are skipped.</summary>
    private static int ClosingBrace(string text, int open)
    {
        int depth = 0;
        for (int i = open; i < text.Length; i++)
        {
            if (text[i] == '{' && text[i - 1] == '$')
                depth++;
            else if (text[i] == '}' && --depth == 0)
                return i;
        }
        throw Invalid(text);
    }

    private static int NameLength(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && (text[length] == '_' || char.IsAsciiLetter(text[length]) || (length > 0 && char.IsAsciiDigit(text[length]))))
            length++;
        return length;
    }

    [SuppressMessage("Usage", "CA2201", Justification = "caught one level up, where file and key are known")]
    private static FormatException Invalid(string text) =>
        new($"invalid interpolation format: \"{text}\"; you may need to escape any $ with another $");
}
