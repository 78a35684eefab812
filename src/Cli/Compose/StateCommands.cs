using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Contract.Stacks;

namespace Argosy.Cli.Compose;

/// <summary><c>argosy compose stop|start|restart</c>: the daemon does it in order of dependency.</summary>
internal static class StateCommands
{
    public static VerbCommand CreateStop(CliSession session)
    {
        Option<int?> timeout = Flag.Int("--timeout", "Seconds to wait for containers to stop", "-t");
        return Create(session, "Stop services", timeout, (project, services, seconds, cancellationToken) => session.Client.Stacks.StopAsync(project, services, seconds, cancellationToken));
    }

    public static VerbCommand CreateStart(CliSession session) =>
        Create(session, "Start services", null, (project, services, _, cancellationToken) => session.Client.Stacks.StartAsync(project, services, cancellationToken));

    public static VerbCommand CreateRestart(CliSession session)
    {
        Option<int?> timeout = Flag.Int("--timeout", "Seconds to wait for containers to stop", "-t");
        return Create(session, "Restart services", timeout, (project, services, seconds, cancellationToken) => session.Client.Stacks.RestartAsync(project, services, seconds, cancellationToken));
    }

    private static VerbCommand Create(
        CliSession session, string summary, Option<int?>? timeout, Func<string, IReadOnlyList<string>, int?, CancellationToken, IAsyncEnumerable<StackProgress>> operation)
    {
        var command = new VerbCommand("[OPTIONS] [SERVICE...]", summary);
        if (timeout is not null)
            command.Add(timeout);
        ProjectFlags flags = ProjectFlags.AddTo(command);
        return command.With(0).Runs(async (line, cancellationToken) =>
        {
            (string project, _) = flags.Identify(session, line);
            int? seconds = timeout is null ? null : line.Get(timeout);
            await new StackProgressPrinter(session).PrintAsync(operation(project, line.Arguments, seconds, cancellationToken), cancellationToken);
        });
    }
}
