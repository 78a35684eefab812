using System.Collections.Concurrent;
using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Containers;

/// <summary><c>argosy stats</c>.</summary>
internal static class StatsCommand
{
    private const string ClearScreen = "\u001b[H\u001b[J";

    public static VerbCommand Create(CliSession session)
    {
        Option<bool> all = Flag.Bool("--all", "Show all containers (default shows just running)", "-a");
        Option<string?> format = Flag.Text("--format", "Format output using a custom template: 'table', 'table TEMPLATE', 'json' or a Go template");
        Option<bool> noStream = Flag.Bool("--no-stream", "Disable streaming stats and only pull the first result");
        Option<bool> noTrunc = Flag.Bool("--no-trunc", "Do not truncate output");
        return new VerbCommand("[OPTIONS] [CONTAINER...]", "Display a live stream of container(s) resource usage statistics")
        {
            all, format, noStream, noTrunc,
        }.With(0, "argosy stats", "argosy stats --no-stream --format '{{.Name}} {{.MemUsage}}'").Runs(async (line, cancellationToken) =>
        {
            IReadOnlyList<string> names = line.Arguments.Count > 0 ? line.Arguments
                : [.. (await session.Client.Containers.ListAsync(line.Get(all), cancellationToken: cancellationToken)).Select(container => container.Id)];
            ListFormat<StatsRow> table = StatsTable.Create(!line.Get(noTrunc));
            if (line.Get(noStream))
                table.Print(session, await Task.WhenAll(names.Select(name => FirstAsync(session, name, cancellationToken))), line.Get(format));
            else
                await StreamAsync(session, names, table, line.Get(format), cancellationToken);
        });
    }

    private static async Task<StatsRow> FirstAsync(CliSession session, string name, CancellationToken cancellationToken)
    {
        await foreach (ContainerStats sample in session.Client.Containers.StatsAsync(name, stream: false, cancellationToken: cancellationToken))
            return StatsRow.From(name, sample, null);
        return StatsRow.Empty(name);
    }

    /// <summary>One stream per container fills the rows; once a second they are printed.</summary>
    private static async Task StreamAsync(CliSession session, IReadOnlyList<string> names, ListFormat<StatsRow> table, string? format, CancellationToken cancellationToken)
    {
        var rows = new ConcurrentDictionary<string, StatsRow>();
        Task[] streams = [.. names.Select(name => FollowAsync(session, name, rows, cancellationToken))];
        Task ended = Task.WhenAll(streams);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), session.Clock);
        do
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            string clear = session.Streams.OutputIsTerminal ? ClearScreen : "";
            await session.Out.WriteAsync(clear + table.Format(names.Select(name => rows.GetValueOrDefault(name) ?? StatsRow.Empty(name)), format));
        }
        while (!ended.IsCompleted);
        await ended;
    }

    private static async Task FollowAsync(CliSession session, string name, ConcurrentDictionary<string, StatsRow> rows, CancellationToken cancellationToken)
    {
        ContainerStats? before = null;
        await foreach (ContainerStats sample in session.Client.Containers.StatsAsync(name, cancellationToken: cancellationToken))
        {
            rows[name] = StatsRow.From(name, sample, before);
            before = sample;
        }
    }
}
