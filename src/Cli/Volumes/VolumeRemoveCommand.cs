using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;

namespace Argosy.Cli.Volumes;

/// <summary><c>argosy volume rm</c>.</summary>
internal static class VolumeRemoveCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<bool> force = Flag.Bool("--force", "Force the removal of one or more volumes", "-f");
        return new VerbCommand("[OPTIONS] VOLUME [VOLUME...]", "Remove one or more volumes") { force }.With(1, "argosy volume rm data")
            .Runs((line, cancellationToken) => EachObject.DoAsync(
                session, line.Arguments, name => session.Client.Volumes.RemoveAsync(name, line.Get(force), cancellationToken)));
    }
}
