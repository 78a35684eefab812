using System.Globalization;
using System.Text;
using System.Text.Json;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Contract.Build;
using Argosy.Core;

namespace Argosy.Cli.Build;

/// <summary><c>argosy build --check</c>: Docker's build checks, printed as <c>docker buildx build --check</c> does.</summary>
internal static class BuildCheck
{
    /// <summary>Whether a check is asked for; and whether its result is wanted as JSON.</summary>
    /// <exception cref="CliException">Another way to evaluate a build.</exception>
    public static (bool IsAsked, bool IsJson) Parse(bool check, string? call)
    {
        string[] fields = (call ?? (check ? "check" : "build")).Split(',');
        string format = fields.Skip(1).LastOrDefault() is { } field
            ? field.StartsWith("format=", StringComparison.Ordinal) ? field["format=".Length..] : throw new CliException($"invalid call \"{call}\": unexpected field '{field}'") : "text";
        if (fields.Length > 2 || format is not ("text" or "json"))
            throw new CliException($"invalid call \"{call}\": format is text or json");
        return fields[0] switch
        {
            "build" when check => (true, false),
            "build" => (false, false),
            "check" or "lint" => (true, format == "json"),
            var method => throw new CliException($"--call {method} is not supported: build or check"),
        };
    }

    /// <summary>Prints what was found.</summary>
    /// <exception cref="CliException">With nothing more to say, when there is a warning.</exception>
    public static void Print(CliSession session, BuildCheckResult result, bool isJson)
    {
        session.Out.WriteLine(isJson ? JsonSerializer.Serialize(result, BuildJson.Default.BuildCheckResult) : ToText(result));
        if (result.Warnings.Count > 0)
            throw new CliException("");
    }

    private static string ToText(BuildCheckResult result)
    {
        if (result.Warnings.Count == 0)
            return "Check complete, no warnings found.";
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Check complete, {(result.Warnings.Count == 1 ? "1 warning has" : string.Create(CultureInfo.InvariantCulture, $"{result.Warnings.Count} warnings have"))} been found!");
        foreach (BuildCheckWarning warning in result.Warnings)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n\nWARNING: {warning.RuleName} - {warning.Url}\n{warning.Detail}");
            foreach (BuildSourceRange range in warning.Location.Ranges)
                text.Append(CultureInfo.InvariantCulture, $"\n{Excerpt(result.Sources[warning.Location.SourceIndex], range)}");
        }
        return text.ToString();
    }

    /// <summary>The lines that a warning is about.</summary>
    public static string Excerpt(BuildSourceInfo source, BuildSourceRange range) =>
        SourceExcerpt.Format(source.FileName, Encoding.UTF8.GetString(source.Data).Split('\n'), range.Start.Line, range.End.Line);
}
