using System.CommandLine;
using System.Globalization;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;
using Argosy.Contract.Images;
using Argosy.Contract.Json;

namespace Argosy.Cli.Images;

/// <summary><c>argosy history</c>.</summary>
internal static class HistoryCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<string?> format = Flag.Text("--format", "Format output using a custom template: 'table', 'table TEMPLATE', 'json' or a Go template");
        var human = new Option<bool?>("--human", "-H") { Description = "Print sizes and dates in human readable format (default true)" };
        Option<bool> noTrunc = Flag.Bool("--no-trunc", "Don't truncate output");
        Option<string?> platform = Flag.Text("--platform", "Show history for the given platform. Formatted as \"os[/arch[/variant]]\" (e.g., \"linux/amd64\")");
        Option<bool> quiet = Flag.Bool("--quiet", "Only show image IDs", "-q");
        return new VerbCommand("[OPTIONS] IMAGE", "Show the history of an image")
        {
            format, human, noTrunc, platform, quiet,
        }.With(1, 1, "argosy history --no-trunc debian").Runs(async (line, cancellationToken) =>
        {
            bool truncates = !line.Get(noTrunc);
            IReadOnlyList<ImageHistoryItem> history = await session.Client.Images.HistoryAsync(line.Arguments[0], line.Get(platform), cancellationToken);
            if (line.Get(quiet) && line.Get(format) is null)
                await session.Out.WriteAsync(string.Concat(history.Select(item => Ids.Show(item.Id, truncates) + "\n")));
            else
                Columns(session.Clock, line.Get(human) ?? true, truncates).Print(session, history, line.Get(format));
        });
    }

    private static ListFormat<ImageHistoryItem> Columns(TimeProvider clock, bool human, bool truncates) => new(
    [
        new("ID", "IMAGE", item => Ids.Show(item.Id, truncates)),
        new("CreatedSince", "CREATED", item => human ? ImageListCommand.Since(clock, item.Created) : GoTime.Format(DateTimeOffset.FromUnixTimeSeconds(item.Created).ToLocalTime())),
        new("CreatedAt", "CREATED AT", item => GoTime.Format(DateTimeOffset.FromUnixTimeSeconds(item.Created).ToLocalTime())),
        new("CreatedBy", "CREATED BY", item => CreatedBy(item.CreatedBy, truncates)),
        new("Size", "SIZE", item => human ? Units.HumanSize(item.Size, 3) : item.Size.ToString(CultureInfo.InvariantCulture)),
        new("Comment", "COMMENT", item => item.Comment),
    ], "{{.ID}}\t{{.CreatedSince}}\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}");

    private static string CreatedBy(string text, bool truncates)
    {
        string line = text.Replace('\t', ' ');
        return truncates ? Ids.Ellipsis(line, 45) : line;
    }
}
