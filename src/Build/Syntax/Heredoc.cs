namespace Argosy.Build.Syntax;

/// <summary>A here-document: the lines between <c>&lt;&lt;NAME</c> and <c>NAME</c>.</summary>
/// <param name="Name">The terminator, which also names the file that COPY makes.</param>
/// <param name="Content">The lines, each with its newline.</param>
/// <param name="Expand">False when the terminator was quoted: variables stay as written.</param>
/// <param name="Chomp">True for <c>&lt;&lt;-</c>: leading tabs are removed.</param>
public sealed record Heredoc(string Name, string Content, bool Expand, bool Chomp)
{
    /// <summary>The content with the leading tabs of each line removed when <see cref="Chomp"/> asks for it.</summary>
    public string Text => Chomp ? string.Join('\n', Content.Split('\n').Select(line => line.TrimStart('\t'))) : Content;
}
