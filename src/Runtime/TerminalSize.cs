namespace Argosy.Runtime;

/// <summary>A terminal's size in characters.</summary>
public readonly record struct TerminalSize(ushort Rows, ushort Columns);
