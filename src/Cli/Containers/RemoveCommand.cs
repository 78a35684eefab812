using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;

namespace Argosy.Cli.Containers;

/// <summary><c>argosy rm</c>.</summary>
internal static class RemoveCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<bool> force = Flag.Bool("--force", "Force the removal of a running container (uses SIGKILL)", "-f");
        Option<bool> volumes = Flag.Bool("--volumes", "Remove anonymous volumes associated with the container", "-v");
        Option<bool> link = Flag.Bool("--link", "Remove the specified link", "-l");
        return new VerbCommand("[OPTIONS] CONTAINER [CONTAINER...]", "Remove one or more containers")
        {
            force, volumes, link,
        }.With(minArguments: 1, "argosy rm -f web", "argosy rm $(argosy ps -aq)").Runs((line, cancellationToken) => EachObject.DoAsync(
            session, line.Arguments,
            name => session.Client.Containers.RemoveAsync(name.Trim('/'), line.Get(volumes), line.Get(force), line.Get(link), cancellationToken)));
    }
}
