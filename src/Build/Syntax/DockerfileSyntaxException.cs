namespace Argosy.Build.Syntax;

/// <summary>What is wrong, and on which lines; <see cref="DockerfileParser"/> turns it into the user's error.</summary>
internal sealed class DockerfileSyntaxException(string message, int line = 0, int endLine = 0) : Exception(message)
{
    public int Line { get; } = line;

    public int EndLine { get; } = Math.Max(line, endLine);

    /// <summary>The same failure on the lines given, unless it already knows its own.</summary>
    public DockerfileSyntaxException On(int line, int endLine) =>
        Line > 0 ? this : new DockerfileSyntaxException(Message, line, endLine);
}
