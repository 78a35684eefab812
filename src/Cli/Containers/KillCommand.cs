using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;

namespace Argosy.Cli.Containers;

/// <summary><c>argosy kill</c>.</summary>
internal static class KillCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<string?> signal = Flag.Text("--signal", "Signal to send to the container", "-s");
        return new VerbCommand("[OPTIONS] CONTAINER [CONTAINER...]", "Kill one or more running containers")
        {
            signal,
        }.With(1, "argosy kill -s HUP web").Runs((line, cancellationToken) => EachObject.DoAsync(
            session, line.Arguments, name => session.Client.Containers.KillAsync(name, line.Get(signal), cancellationToken)));
    }
}
