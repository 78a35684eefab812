using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Compose;
using Argosy.Cli.Output;
using Argosy.Cli.Session;

namespace Argosy.Cli.Containers;

/// <summary><c>argosy restart</c>.</summary>
internal static class RestartCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<string?> signal = Flag.Text("--signal", "Signal to send to the container", "-s");
        Option<int?> timeout = Flag.Int("--timeout", "Seconds to wait before killing the container", "-t", "--time");
        return new VerbCommand("[OPTIONS] CONTAINER [CONTAINER...]", "Restart one or more containers")
        {
            signal, timeout,
        }.With(1, "argosy restart web").Runs((line, cancellationToken) => EachObject.DoAsync(
            session, line.Arguments, name => ServiceFallback.EachAsync(session, name, id => session.Client.Containers.RestartAsync(id, line.Get(signal), line.Get(timeout), cancellationToken), cancellationToken)));
    }
}
