namespace Argosy.Build.Syntax;

/// <summary>An instruction's text with its continuation lines joined and its here-documents beside it.</summary>
internal sealed record LogicalLine(string Text, int Line, int EndLine, IReadOnlyList<Heredoc> Heredocs);
