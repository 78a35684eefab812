namespace Argosy.Cli.Templates;

/// <summary>What a word of a template action is.</summary>
internal enum TokenKind
{
    /// <summary><c>.Name</c>, or "." alone (empty text).</summary>
    Field,

    /// <summary><c>$name</c>.</summary>
    Variable,

    /// <summary>A function or a keyword.</summary>
    Identifier,

    /// <summary>A string constant.</summary>
    String,

    /// <summary>A number constant.</summary>
    Number,

    /// <summary><c>|</c>, parentheses, comma, <c>:=</c>, <c>=</c>.</summary>
    Symbol,

    /// <summary>White space, which ends an operand: <c>.A .B</c> is not <c>.A.B</c>.</summary>
    Space,
}
