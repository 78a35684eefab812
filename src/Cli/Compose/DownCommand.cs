using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Client;

namespace Argosy.Cli.Compose;

/// <summary><c>argosy down</c>.</summary>
internal static class DownCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<bool> volumes = Flag.Bool("--volumes", "Remove named volumes declared in the compose file, and anonymous volumes of containers", "-v");
        Option<string?> rmi = Flag.Text("--rmi", "Remove images used by services: \"local\" removes only images that don't have a custom tag (\"local\"|\"all\")");
        Option<bool> removeOrphans = Flag.Bool("--remove-orphans", "Remove containers for services not defined in the compose file");
        Option<int?> timeout = Flag.Int("--timeout", "Seconds to wait for containers to stop", "-t");
        var command = new VerbCommand("[OPTIONS] [SERVICE...]", "Stop and remove the services' containers and networks")
        {
            volumes, rmi, removeOrphans, timeout,
        }.With(0, "argosy down", "argosy down -v --rmi local");
        ProjectFlags flags = ProjectFlags.AddTo(command);
        return command.Runs(async (line, cancellationToken) =>
        {
            (string project, IReadOnlyList<string> known) = flags.Identify(session, line);
            var request = new StackDownRequest
            {
                Volumes = line.Get(volumes),
                RemoveImages = line.Get(rmi),
                RemoveOrphans = line.Get(removeOrphans),
                Services = line.Arguments,
                Known = known,
                Timeout = line.Get(timeout),
            };
            await new StackProgressPrinter(session).PrintAsync(session.Client.Stacks.DownAsync(project, request, cancellationToken), cancellationToken);
        });
    }
}
