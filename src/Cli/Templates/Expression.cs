namespace Argosy.Cli.Templates;

/// <summary>Something that has a value.</summary>
internal abstract record Expression
{
    /// <summary>A string, number, boolean or nil.</summary>
    internal sealed record Constant(object? Value) : Expression;

    /// <summary>The current value: ".".</summary>
    internal sealed record Dot : Expression;

    /// <summary><c>$name</c>; <c>$</c> alone is the whole data.</summary>
    internal sealed record Variable(string Name) : Expression;

    /// <summary><c>.Name</c> of a value; arguments when it is called as a method (<c>.Label "a"</c>).</summary>
    internal sealed record Field(Expression Target, string Name, IReadOnlyList<Expression> Arguments) : Expression;

    /// <summary>A function call.</summary>
    internal sealed record Call(string Function, IReadOnlyList<Expression> Arguments) : Expression;

    /// <summary><c>a | f</c>: the value becomes the last argument of what follows.</summary>
    internal sealed record Pipe(Expression Value, Expression Next) : Expression;
}
