using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Compose;
using Argosy.Cli.Session;
using Argosy.Cli.Syntax;
using Argosy.Client;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Containers;

/// <summary><c>argosy logs</c>.</summary>
internal static class LogsCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<bool> follow = Flag.Bool("--follow", "Follow log output", "-f");
        Option<bool> timestamps = Flag.Bool("--timestamps", "Show timestamps", "-t");
        Option<bool> details = Flag.Bool("--details", "Show extra details provided to logs");
        Option<string?> tail = Flag.Text("--tail", "Number of lines to show from the end of the logs (default \"all\")", "-n");
        Option<string?> since = Flag.Text("--since", "Show logs since timestamp (e.g. \"2013-01-02T13:23:37Z\") or relative (e.g. \"42m\" for 42 minutes)");
        Option<string?> until = Flag.Text("--until", "Show logs before a timestamp (e.g. \"2013-01-02T13:23:37Z\") or relative (e.g. \"42m\" for 42 minutes)");
        return new VerbCommand("[OPTIONS] CONTAINER", "Fetch the logs of a container")
        {
            follow, timestamps, details, tail, since, until,
        }.With(1, 1, "argosy logs -f --tail 20 web", "argosy logs --since 10m web").Runs(async (line, cancellationToken) =>
        {
            var options = new LogsOptions
            {
                Follow = line.Get(follow),
                Timestamps = line.Get(timestamps),
                Details = line.Get(details),
                Tail = line.Get(tail),
                Since = Timestamp.Option("since", line.Get(since), session.Clock),
                Until = Timestamp.Option("until", line.Get(until), session.Clock),
            };
            try
            {
                await PrintAsync(session, line.Arguments[0], options, cancellationToken);
            }
            catch (ApiException refusal) when (refusal.StatusCode == global::System.Net.HttpStatusCode.NotFound)
            {
                if (await ServiceFallback.FindAsync(session, line.Arguments[0], cancellationToken) is not { Count: > 0 } containers)
                    throw;
                using var follower = new LogFollower(session, hasPrefix: true, session.Streams.OutputIsTerminal);
                await follower.PrintAsync(containers, options, cancellationToken);
            }
        });
    }

    private static async Task PrintAsync(CliSession session, string name, LogsOptions options, CancellationToken cancellationToken)
    {
        ContainerInspect container = await session.Client.Containers.InspectAsync(name, cancellationToken: cancellationToken);
        await using Stream logs = await session.Client.Containers.LogsAsync(container.Id, options, cancellationToken);
        if (container.Config?.Tty ?? false)
            await logs.CopyToAsync(session.Streams.Output, cancellationToken);
        else
            await StdcopyReader.CopyAsync(logs, session.Streams.Output, session.Streams.ErrorOutput, cancellationToken);
    }
}
