using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Containers;

/// <summary><c>argosy container prune</c>.</summary>
internal static class PruneCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<bool> force = Flag.Bool("--force", "Do not prompt for confirmation", "-f");
        Option<string[]> filter = Flag.List("--filter", "filter", "Provide filter values (e.g. \"until=<timestamp>\")", []);
        return new VerbCommand("[OPTIONS]", "Remove all stopped containers")
        {
            force, filter,
        }.With(0, 0, "argosy container prune --filter until=24h").Runs(async (line, cancellationToken) =>
        {
            if (!line.Get(force) && !await Confirmation.AskAsync(session, "WARNING! This will remove all stopped containers.", cancellationToken))
                return;
            ContainerPruneResponse pruned = await session.Client.Containers.PruneAsync(FilterArguments.Parse(line, filter), cancellationToken);
            await session.Out.WriteAsync(PruneReport.Format("Deleted Containers:", pruned.ContainersDeleted, pruned.SpaceReclaimed));
        });
    }
}
