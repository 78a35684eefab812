namespace Argosy.Cli.Templates;

/// <summary>Parses a whole template: text, actions and blocks.</summary>
internal sealed class TemplateParser
{
    private readonly List<(bool IsAction, string Text)> parts;
    private int position;

    private TemplateParser(string template) => parts = SplitParts(template);

    public static IReadOnlyList<Node> Parse(string template)
    {
        var parser = new TemplateParser(template);
        List<Node> nodes = parser.Nodes(out string end);
        return end.Length == 0 ? nodes : throw new TemplateException($"unexpected {{{{{end}}}}}");
    }

    /// <summary>Cuts at the braces, and trims white space beside <c>{{-</c> and <c>-}}</c>.</summary>
    private static List<(bool IsAction, string Text)> SplitParts(string template)
    {
        var parts = new List<(bool, string)>();
        bool trimsNext = false;
        int position = 0;
        while (position < template.Length)
        {
            int open = template.IndexOf("{{", position, StringComparison.Ordinal);
            string text = open < 0 ? template[position..] : template[position..open];
            bool trimsBefore = open >= 0 && open + 3 < template.Length && template[open + 2] == '-' && char.IsWhiteSpace(template[open + 3]);
            text = trimsNext ? text.TrimStart() : text;
            parts.Add((false, trimsBefore ? text.TrimEnd() : text));
            if (open < 0)
                return parts;
            int close = CloseOf(template, open + 2);
            string action = template[(open + (trimsBefore ? 3 : 2))..close];
            trimsNext = action.EndsWith(" -", StringComparison.Ordinal);
            parts.Add((true, (trimsNext ? action[..^1] : action).Trim()));
            position = close + 2;
        }
        return parts;
    }

    private static int CloseOf(string template, int start)
    {
        char quote = '\0';
        for (int i = start; i < template.Length; i++)
        {
            char c = template[i];
            if (quote != '\0')
            {
                if (c == '\\' && quote != '`')
                    i++;
                else if (c == quote)
                    quote = '\0';
            }
            else if (c is '"' or '`')
                quote = c;
            else if (c == '}' && i + 1 < template.Length && template[i + 1] == '}')
                return i;
        }
        throw new TemplateException("unclosed action");
    }

    /// <summary>Nodes up to the end of the block; <paramref name="end"/> is the action that ended it, empty at the end of the template.</summary>
    private List<Node> Nodes(out string end)
    {
        var nodes = new List<Node>();
        while (position < parts.Count)
        {
            (bool isAction, string text) = parts[position++];
            if (!isAction)
                nodes.Add(new Node.Text(text));
            else if (text == "end" || text == "else" || text.StartsWith("else ", StringComparison.Ordinal))
            {
                end = text;
                return nodes;
            }
            else if (!text.StartsWith("/*", StringComparison.Ordinal))
                nodes.Add(Action(text));
        }
        end = "";
        return nodes;
    }

    private Node Action(string text)
    {
        IReadOnlyList<Token> tokens = ActionLexer.Split(text);
        if (tokens.Count == 0)
            throw new TemplateException("missing value for command");
        IReadOnlyList<Token> rest = [.. tokens.Skip(1)];
        return tokens[0] switch
        {
            { Kind: TokenKind.Identifier, Text: "if" } => If(rest),
            { Kind: TokenKind.Identifier, Text: "with" } => With(rest),
            { Kind: TokenKind.Identifier, Text: "range" } => Range(rest),
            { Kind: TokenKind.Variable } when Assignment(tokens) is { } assign => assign,
            _ => new Node.Print(ActionParser.Parse(tokens)),
        };
    }

    private static Node.Assign? Assignment(IReadOnlyList<Token> tokens)
    {
        int sign = IndexOfSign(tokens);
        return sign < 0 ? null : new Node.Assign(tokens[0].Text, ActionParser.Parse([.. tokens.Skip(sign + 1)]), tokens[sign].Text == ":=");
    }

    private static int IndexOfSign(IReadOnlyList<Token> tokens)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i] is { Kind: TokenKind.Symbol, Text: ":=" or "=" })
                return i;
        }
        return -1;
    }

    private Node.If If(IReadOnlyList<Token> condition)
    {
        List<Node> then = Nodes(out string end);
        return new Node.If(ActionParser.Parse(condition), then, Else(end, "if"));
    }

    private Node.With With(IReadOnlyList<Token> value)
    {
        List<Node> body = Nodes(out string end);
        return new Node.With(ActionParser.Parse(value), body, Else(end, "with"));
    }

    private Node.Range Range(IReadOnlyList<Token> header)
    {
        int sign = IndexOfSign(header);
        string[] names = sign < 0 ? [] : [.. header.Take(sign).Where(token => token.Kind == TokenKind.Variable).Select(token => token.Text)];
        Expression items = ActionParser.Parse([.. header.Skip(sign + 1)]);
        List<Node> body = Nodes(out string end);
        return new Node.Range(names.Length == 2 ? names[0] : null, names.Length > 0 ? names[^1] : null, items, body, Else(end, "range"));
    }

    private List<Node> Else(string end, string block)
    {
        if (end.Length == 0)
            throw new TemplateException("unexpected EOF");
        if (end == "end")
            return [];
        if (end.StartsWith("else if ", StringComparison.Ordinal) || end.StartsWith("else with ", StringComparison.Ordinal))
            return [Action(end["else ".Length..])];
        List<Node> nodes = Nodes(out string last);
        return last == "end" ? nodes : throw new TemplateException($"unexpected {{{{{last}}}}} in {block}");
    }
}
