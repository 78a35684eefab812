namespace Argosy.Cli.Output;

/// <summary>A line of a <see cref="LiveBlock"/>.</summary>
/// <param name="Text">Without control characters; it is cut to the terminal's width.</param>
/// <param name="IsLive">Whether it still changes: where there is no room for all, what is done is left out first.</param>
/// <param name="Color">A colour of ECMA-48 (31 is red, 34 blue); 0 is the terminal's own.</param>
internal readonly record struct ScreenLine(string Text, bool IsLive = false, int Color = 0);
