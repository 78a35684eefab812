namespace Argosy.Cli.Templates;

/// <summary>A word of a template action.</summary>
internal readonly record struct Token(TokenKind Kind, string Text);
