using System.Text;

namespace Argosy.Build.Syntax;

/// <summary>Splits at white space outside of quotes. Quotes and escapes stay in the words: expansion removes them.</summary>
internal static class WordSplitter
{
    public static List<string> Split(string text, char escape)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        char quote = '\0';
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quote == '\0' && char.IsWhiteSpace(c))
            {
                Finish(words, word);
                continue;
            }
            bool escapes = c == escape && quote != '\'';
            if (escapes && i + 1 == text.Length)
                break;
            if (c == quote || (quote == '\0' && c is '\'' or '"'))
                quote = quote == '\0' ? c : '\0';
            word.Append(c);
            if (escapes)
                word.Append(text[++i]);
        }
        Finish(words, word);
        return words;
    }

    private static void Finish(List<string> words, StringBuilder word)
    {
        if (word.Length > 0)
            words.Add(word.ToString());
        word.Clear();
    }
}
