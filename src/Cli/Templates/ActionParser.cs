using System.Globalization;

namespace Argosy.Cli.Templates;

/// <summary>Parses one pipeline: <c>json .State | upper</c>.</summary>
internal sealed class ActionParser(IReadOnlyList<Token> tokens)
{
    private int position;

    public static Expression Parse(IReadOnlyList<Token> tokens)
    {
        var parser = new ActionParser(tokens);
        Expression result = parser.Pipeline();
        parser.SkipSpace();
        return parser.position == tokens.Count ? result : throw new TemplateException($"unexpected \"{tokens[parser.position].Text}\" in command");
    }

    private Expression Pipeline()
    {
        Expression value = Command();
        while (TrySymbol("|"))
            value = new Expression.Pipe(value, Command());
        return value;
    }

    /// <summary>A function with its arguments, or an operand (with arguments, when it is a method).</summary>
    private Expression Command()
    {
        SkipSpace();
        if (Peek() is { Kind: TokenKind.Identifier, Text: not ("true" or "false" or "nil") } function)
        {
            position++;
            return new Expression.Call(function.Text, Arguments());
        }
        Expression operand = Operand() ?? throw new TemplateException("missing value for command");
        List<Expression> arguments = Arguments();
        if (arguments.Count == 0)
            return operand;
        return operand is Expression.Field field
            ? field with { Arguments = arguments }
            : throw new TemplateException("can't give argument to non-function");
    }

    private List<Expression> Arguments()
    {
        var arguments = new List<Expression>();
        while (true)
        {
            SkipSpace();
            if (Operand() is not { } argument)
                return arguments;
            arguments.Add(argument);
        }
    }

    private Expression? Operand()
    {
        if (Peek() is not { } token)
            return null;
        Expression? operand = Simple(token);
        while (operand is not null && Peek() is { Kind: TokenKind.Field, Text.Length: > 0 } field)
        {
            position++;
            operand = new Expression.Field(operand, field.Text, []);
        }
        return operand;
    }

    private Expression? Simple(Token token)
    {
        position++;
        switch (token.Kind)
        {
            case TokenKind.Field:
                return token.Text.Length == 0 ? new Expression.Dot() : new Expression.Field(new Expression.Dot(), token.Text, []);
            case TokenKind.Variable:
                return new Expression.Variable(token.Text);
            case TokenKind.String:
                return new Expression.Constant(token.Text);
            case TokenKind.Number:
                return new Expression.Constant(Number(token.Text));
            case TokenKind.Identifier:
                return token.Text switch
                {
                    "true" => new Expression.Constant(true),
                    "false" => new Expression.Constant(false),
                    "nil" => new Expression.Constant(null),
                    _ => new Expression.Call(token.Text, []),
                };
            case TokenKind.Symbol when token.Text == "(":
                Expression inner = Pipeline();
                return TrySymbol(")") ? inner : throw new TemplateException("unclosed left paren");
            default:
                position--;
                return null;
        }
    }

    private bool TrySymbol(string symbol)
    {
        SkipSpace();
        if (Peek() is not { Kind: TokenKind.Symbol } token || token.Text != symbol)
            return false;
        position++;
        return true;
    }

    private void SkipSpace()
    {
        while (Peek() is { Kind: TokenKind.Space })
            position++;
    }

    private Token? Peek() => position < tokens.Count ? tokens[position] : null;

    private static object Number(string text) =>
        long.TryParse(text, CultureInfo.InvariantCulture, out long whole) ? (object)whole : double.Parse(text, CultureInfo.InvariantCulture);
}
