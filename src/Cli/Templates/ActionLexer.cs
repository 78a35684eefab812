using System.Text;

namespace Argosy.Cli.Templates;

/// <summary>Splits the inside of <c>{{ … }}</c> into words.</summary>
internal static class ActionLexer
{
    public static IReadOnlyList<Token> Split(string action)
    {
        var tokens = new List<Token>();
        int position = 0;
        while (position < action.Length)
            tokens.Add(Next(action, ref position));
        return tokens;
    }

    private static Token Next(string text, ref int position)
    {
        char c = text[position];
        if (char.IsWhiteSpace(c))
        {
            while (position < text.Length && char.IsWhiteSpace(text[position]))
                position++;
            return new Token(TokenKind.Space, " ");
        }
        if (c is '"' or '`' or '\'')
            return Quoted(text, ref position, c);
        if (c == '.')
        {
            position++;
            return new Token(TokenKind.Field, Name(text, ref position));
        }
        if (c == '$')
        {
            position++;
            return new Token(TokenKind.Variable, Name(text, ref position));
        }
        if (char.IsAsciiDigit(c) || (c is '-' or '+' && position + 1 < text.Length && char.IsAsciiDigit(text[position + 1])))
            return Number(text, ref position);
        if (char.IsLetter(c) || c == '_')
            return new Token(TokenKind.Identifier, Name(text, ref position));
        return Symbol(text, ref position);
    }

    private static string Name(string text, ref int position)
    {
        int start = position;
        while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] == '_'))
            position++;
        return text[start..position];
    }

    private static Token Number(string text, ref int position)
    {
        int start = position++;
        while (position < text.Length && (char.IsAsciiDigit(text[position]) || text[position] == '.'))
            position++;
        return new Token(TokenKind.Number, text[start..position]);
    }

    private static Token Symbol(string text, ref int position)
    {
        if (text.AsSpan(position).StartsWith(":="))
        {
            position += 2;
            return new Token(TokenKind.Symbol, ":=");
        }
        char c = text[position++];
        return c is '|' or '(' or ')' or ',' or '=' ? new Token(TokenKind.Symbol, c.ToString()) : throw new TemplateException($"unexpected \"{c}\" in command");
    }

    private static Token Quoted(string text, ref int position, char quote)
    {
        var value = new StringBuilder();
        for (position++; position < text.Length; position++)
        {
            if (text[position] == quote)
            {
                position++;
                return new Token(TokenKind.String, value.ToString());
            }
            if (text[position] == '\\' && quote != '`' && position + 1 < text.Length)
                value.Append(Escaped(text[++position]));
            else
                value.Append(text[position]);
        }
        throw new TemplateException("unterminated quoted string");
    }

    private static char Escaped(char c) => c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', _ => c };
}
