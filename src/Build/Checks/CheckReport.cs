using System.Globalization;
using System.Text;
using Argosy.Core;

namespace Argosy.Build.Checks;

/// <summary>What the checks of a Dockerfile have found.</summary>
/// <param name="FileName">The Dockerfile's name.</param>
/// <param name="Lines">Its lines.</param>
/// <param name="Warnings">In the order of the file.</param>
public sealed record CheckReport(string FileName, IReadOnlyList<string> Lines, IReadOnlyList<CheckWarning> Warnings)
{
    /// <summary>The sentence with which a build fails whose warnings are errors.</summary>
    public string Failure => $"lint violation found for rules: {string.Join(", ", Warnings.Select(warning => warning.Rule.Name).Distinct().Order(StringComparer.Ordinal))}";

    /// <summary>Each warning with its lines, as BuildKit's clients print them at the end of a build; empty when there is none.</summary>
    public string ToText()
    {
        if (Warnings.Count == 0)
            return "";
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"\n {Warnings.Count} warning{(Warnings.Count == 1 ? "" : "s")} found:\n");
        foreach (CheckWarning warning in Warnings)
            text.Append(CultureInfo.InvariantCulture, $" - {warning.Short}\n{SourceExcerpt.Format(FileName, Lines, warning.Line, warning.EndLine)}\n");
        return text.ToString();
    }
}
