using System.Globalization;
using System.Text;

namespace Argosy.Core;

/// <summary>Lines of a file as BuildKit's clients show them: the place, then what it is about with two lines before and after.</summary>
public static class SourceExcerpt
{
    private const int Around = 2;
    private const string Rule = "--------------------";

    /// <param name="fileName">The file's name.</param>
    /// <param name="lines">All its lines.</param>
    /// <param name="line">The first line that it is about, from 1.</param>
    /// <param name="endLine">The last one.</param>
    /// <returns>Several lines; the last has no end.</returns>
    public static string Format(string fileName, IReadOnlyList<string> lines, int line, int endLine)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{fileName}:{line}\n{Rule}\n");
        for (int number = Math.Max(1, line - Around); number <= Math.Min(lines.Count, endLine + Around); number++)
        {
            string mark = number >= line && number <= endLine ? ">>>" : "   ";
            text.Append(CultureInfo.InvariantCulture, $"{number,4} | {mark} {lines[number - 1].TrimEnd('\r')}\n");
        }
        return text.Append(Rule).ToString();
    }
}
