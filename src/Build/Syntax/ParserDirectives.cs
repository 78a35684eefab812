using System.Text.RegularExpressions;

namespace Argosy.Build.Syntax;

/// <summary>
/// The <c># name=value</c> lines at the very top: <c>escape</c>, <c>check</c>, and <c>syntax</c>, which is accepted (this parser is the only front end).
/// </summary>
internal sealed partial class ParserDirectives
{
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private bool done;

    public char Escape { get; private set; } = '\\';

    /// <summary>What configures the checks; null when nothing does.</summary>
    public string? Check { get; private set; }

    /// <summary>How many lines there are.</summary>
    public int Count { get; private set; }

    /// <summary>Looks at one physical line; anything that is no directive ends the directives.</summary>
    public void Read(string line, int number)
    {
        if (done)
            return;
        Match match = Directive().Match(line);
        string name = match.Groups["name"].Value.ToLowerInvariant();
        if (!match.Success || name is not ("escape" or "syntax" or "check"))
        {
            done = true;
            return;
        }
        if (!seen.Add(name))
            throw new DockerfileSyntaxException($"only one {name} parser directive can be used", number);
        Count++;
        if (name == "escape")
            SetEscape(match.Groups["value"].Value, number);
        else if (name == "check")
            Check = match.Groups["value"].Value;
    }

    private void SetEscape(string value, int number)
    {
        if (value is not ("\\" or "`"))
            throw new DockerfileSyntaxException($"invalid escape token '{value}' does not match ` or \\", number);
        Escape = value[0];
    }

    [GeneratedRegex(@"^#\s*(?<name>[a-zA-Z][a-zA-Z0-9]*)\s*=\s*(?<value>.+?)\s*$")]
    private static partial Regex Directive();
}
