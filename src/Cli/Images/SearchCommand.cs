using System.CommandLine;
using System.Globalization;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Registry;
using Argosy.Cli.Session;
using Argosy.Contract.Images;

namespace Argosy.Cli.Images;

/// <summary><c>argosy search</c>.</summary>
internal static class SearchCommand
{
    private const int DescriptionWidth = 45;
    private const int MostResults = 100;

    public static VerbCommand Create(CliSession session)
    {
        Option<string[]> filter = Flag.List("--filter", "filter", "Filter output based on conditions provided", ["-f"]);
        Option<string?> format = Flag.Text("--format", "Format output using a custom template: 'table', 'table TEMPLATE', 'json' or a Go template");
        Option<string?> limit = Flag.Text("--limit", "Max number of search results");
        Option<bool> noTrunc = Flag.Bool("--no-trunc", "Don't truncate output");
        return new VerbCommand("[OPTIONS] TERM", "Search Docker Hub, or a registry that can be searched, for images")
        {
            filter, format, limit, noTrunc,
        }.With(1, 1, "argosy search --limit 5 nginx", "argosy search --filter is-official=true registry.example.com/postgres").Runs(async (line, cancellationToken) =>
        {
            string term = line.Arguments[0];
            string? credentials = await CredentialStore.Open(session.Global).HeaderForImageAsync(term, cancellationToken);
            IReadOnlyList<ImageSearchItem> found = await session.Client.Images.SearchAsync(
                term, Limit(line.Get(limit)), FilterArguments.Parse(line, filter), credentials, cancellationToken);
            Columns(!line.Get(noTrunc)).Print(session, found.OrderByDescending(item => item.StarCount), line.Get(format));
        });
    }

    internal static ListFormat<ImageSearchItem> Columns(bool truncates) => new(
    [
        new("Name", "NAME", row => row.Name),
        new("Description", "DESCRIPTION", row => Describe(row.Description, truncates)),
        new("StarCount", "STARS", row => row.StarCount.ToString(CultureInfo.InvariantCulture)),
        new("IsOfficial", "OFFICIAL", row => row.IsOfficial ? "[OK]" : ""),
        new("IsAutomated", "AUTOMATED", row => row.IsAutomated ? "[OK]" : ""),
    ], "{{.Name}}\t{{.Description}}\t{{.StarCount}}\t{{.IsOfficial}}");

    private static int? Limit(string? text) => text is null ? null
        : int.TryParse(text, CultureInfo.InvariantCulture, out int limit) && limit is >= 0 and <= MostResults ? limit
        : throw new CliException($"limit {text} is outside the range of [1, {MostResults}]");

    private static string Describe(string text, bool truncates)
    {
        string line = text.Replace('\n', ' ').Replace('\r', ' ');
        return truncates && line.Length > DescriptionWidth ? line[..(DescriptionWidth - 1)] + "…" : line;
    }
}
