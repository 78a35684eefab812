namespace Argosy.Cli.Templates;

/// <summary>A part of a template.</summary>
internal abstract record Node
{
    /// <summary>Text as it is.</summary>
    internal sealed record Text(string Value) : Node;

    /// <summary>Prints a value.</summary>
    internal sealed record Print(Expression Value) : Node;

    /// <summary><c>{{$x := …}}</c> and <c>{{$x = …}}</c>.</summary>
    internal sealed record Assign(string Variable, Expression Value, bool IsNew) : Node;

    /// <summary><c>{{if}} {{else}} {{end}}</c>.</summary>
    internal sealed record If(Expression Condition, IReadOnlyList<Node> Then, IReadOnlyList<Node> Else) : Node;

    /// <summary><c>{{with}} {{else}} {{end}}</c>.</summary>
    internal sealed record With(Expression Value, IReadOnlyList<Node> Body, IReadOnlyList<Node> Else) : Node;

    /// <summary><c>{{range $i, $x := …}} {{else}} {{end}}</c>.</summary>
    internal sealed record Range(string? Key, string? Element, Expression Items, IReadOnlyList<Node> Body, IReadOnlyList<Node> Else) : Node;
}
