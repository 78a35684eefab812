using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Containers;

/// <summary><c>argosy ps</c>.</summary>
internal static class ListCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<bool> all = Flag.Bool("--all", "Show all containers (default shows just running)", "-a");
        Option<string[]> filter = Flag.List("--filter", "filter", "Filter output based on conditions provided", ["-f"]);
        Option<string?> format = Flag.Text("--format", "Format output using a custom template: 'table', 'table TEMPLATE', 'json' or a Go template");
        Option<int?> last = Flag.Int("--last", "Show n last created containers (includes all states) (default -1)", "-n");
        Option<bool> latest = Flag.Bool("--latest", "Show the latest created container (includes all states)", "-l");
        Option<bool> noTrunc = Flag.Bool("--no-trunc", "Don't truncate output");
        Option<bool> quiet = Flag.Bool("--quiet", "Only display container IDs", "-q");
        Option<bool> size = Flag.Bool("--size", "Display total file sizes", "-s");
        return new VerbCommand("[OPTIONS]", "List containers")
        {
            all, filter, format, last, latest, noTrunc, quiet, size,
        }.With(0, 0, "argosy ps -a --filter status=exited", "argosy ps --format '{{.Names}}: {{.Status}}'").Runs(async (line, cancellationToken) =>
        {
            int? limit = line.Get(latest) ? 1 : line.Get(last) is > 0 and var count ? count : null;
            bool asksSize = line.Get(size) || (line.Get(format)?.Contains(".Size", StringComparison.Ordinal) ?? false);
            IReadOnlyList<ContainerSummary> containers = await session.Client.Containers.ListAsync(
                line.Get(all) || limit is not null, limit, asksSize, FilterArguments.Parse(line, filter), cancellationToken);
            bool truncates = !line.Get(noTrunc);
            if (line.Get(quiet) && line.Get(format) is null)
                await session.Out.WriteAsync(string.Concat(containers.Select(container => Ids.Show(container.Id, truncates) + "\n")));
            else
                ContainerTable.Create(session.Clock, truncates, line.Get(size)).Print(session, containers, line.Get(format));
        });
    }
}
