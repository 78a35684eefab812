namespace Argosy.Build.Checks;

/// <summary>A rule that a Dockerfile does not keep.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Text">What is wrong, in Docker's words.</param>
/// <param name="Line">The first line that it is about, from 1.</param>
/// <param name="EndLine">The last one.</param>
public sealed record CheckWarning(CheckRule Rule, string Text, int Line, int EndLine)
{
    /// <summary>In one line, as BuildKit's clients show it.</summary>
    public string Short => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Rule.Name}: {Text} (line {Line})");
}
