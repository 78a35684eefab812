using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;

namespace Argosy.Cli.Containers;

/// <summary><c>argosy pause</c> and <c>argosy unpause</c>.</summary>
internal static class PauseCommand
{
    public static VerbCommand CreatePause(CliSession session) =>
        new VerbCommand("CONTAINER [CONTAINER...]", "Pause all processes within one or more containers").With(1, "argosy pause web")
            .Runs((line, cancellationToken) => EachObject.DoAsync(session, line.Arguments, name => session.Client.Containers.PauseAsync(name, cancellationToken)));

    public static VerbCommand CreateUnpause(CliSession session) =>
        new VerbCommand("CONTAINER [CONTAINER...]", "Unpause all processes within one or more containers").With(1, "argosy unpause web")
            .Runs((line, cancellationToken) => EachObject.DoAsync(session, line.Arguments, name => session.Client.Containers.UnpauseAsync(name, cancellationToken)));
}
