using System.Text;

namespace Argosy.Compose;

/// <summary>Splits a command line as a POSIX shell would: quotes and backslashes, no expansion.</summary>
internal static class ShellWords
{
    /// <exception cref="FormatException">A quote is not closed.</exception>
    internal static IReadOnlyList<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool inWord = false;
        char quote = '\0';
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quote == '\0' && char.IsWhiteSpace(c))
            {
                if (inWord)
                    words.Add(word.ToString());
                word.Clear();
                inWord = false;
                continue;
            }
            inWord = true;
            if (c == quote)
                quote = '\0';
            else if (quote == '\0' && (c is '"' or '\''))
                quote = c;
            else if (c == '\\' && quote != '\'' && i + 1 < text.Length)
                i = Escape(text, i, quote, word);
            else
                word.Append(c);
        }
        if (quote != '\0')
            throw new FormatException($"invalid command line string: {text}");
        if (inWord)
            words.Add(word.ToString());
        return words;
    }

    /// <summary>Inside double quotes a backslash only escapes <c>" \ $ `</c>.</summary>
    private static int Escape(string text, int backslash, char quote, StringBuilder word)
    {
        char next = text[backslash + 1];
        if (quote == '"' && next is not ('"' or '\\' or '$' or '`'))
            word.Append('\\');
        word.Append(next);
        return backslash + 1;
    }
}
