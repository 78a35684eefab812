using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Cli.Syntax;
using Argosy.Client;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Compose;

/// <summary><c>argosy compose logs</c>.</summary>
internal static class ComposeLogsCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<bool> follow = Flag.Bool("--follow", "Follow log output", "-f");
        Option<bool> timestamps = Flag.Bool("--timestamps", "Show timestamps", "-t");
        Option<bool> noColor = Flag.Bool("--no-color", "Produce monochrome output");
        Option<bool> noPrefix = Flag.Bool("--no-log-prefix", "Don't print prefix in logs");
        Option<string?> tail = Flag.Text("--tail", "Number of lines to show from the end of the logs for each container (default \"all\")", "-n");
        Option<string?> since = Flag.Text("--since", "Show logs since timestamp (e.g. \"2013-01-02T13:23:37Z\") or relative (e.g. \"42m\" for 42 minutes)");
        Option<string?> until = Flag.Text("--until", "Show logs before a timestamp (e.g. \"2013-01-02T13:23:37Z\") or relative (e.g. \"42m\" for 42 minutes)");
        Option<int?> index = Flag.Int("--index", "Index of the container if the service has several");
        var command = new VerbCommand("[OPTIONS] [SERVICE...]", "View output from containers")
        {
            follow, timestamps, noColor, noPrefix, tail, since, until, index,
        }.With(0, "argosy compose logs -f --tail 20 web");
        ProjectFlags flags = ProjectFlags.AddTo(command, hasShortNames: false);
        return command.Runs(async (line, cancellationToken) =>
        {
            (string project, IReadOnlyList<string> known) = flags.Identify(session, line);
            IReadOnlyList<ContainerSummary> containers = await ComposeContainers.ListAsync(session, project, known, line.Arguments, all: true, cancellationToken);
            ContainerSummary[] shown = [.. containers.Where(container => line.Get(index) is not { } number || ComposeContainers.Number(container) == number)];
            if (shown.Length == 0)
                return;
            var options = new LogsOptions
            {
                Follow = line.Get(follow),
                Timestamps = line.Get(timestamps),
                Tail = line.Get(tail),
                Since = line.Read(since, text => Timestamp.ToWire(text, session.Clock), null!),
                Until = line.Read(until, text => Timestamp.ToWire(text, session.Clock), null!),
            };
            using var follower = new LogFollower(session, !line.Get(noPrefix), session.Streams.OutputIsTerminal && !line.Get(noColor));
            await follower.PrintAsync(shown, options, cancellationToken);
        });
    }
}
