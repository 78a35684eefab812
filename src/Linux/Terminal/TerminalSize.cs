namespace Argosy.Linux.Terminal;

/// <summary>A terminal's size in characters.</summary>
public readonly record struct TerminalSize(int Rows, int Columns);
