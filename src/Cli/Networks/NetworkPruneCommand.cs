using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;
using Argosy.Contract.Networks;

namespace Argosy.Cli.Networks;

/// <summary><c>argosy network prune</c>.</summary>
internal static class NetworkPruneCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<bool> force = Flag.Bool("--force", "Do not prompt for confirmation", "-f");
        Option<string[]> filter = Flag.List("--filter", "filter", "Provide filter values (e.g. \"until=<timestamp>\")", []);
        return new VerbCommand("[OPTIONS]", "Remove all unused networks") { force, filter }.With(0, 0, "argosy network prune -f").Runs(async (line, cancellationToken) =>
        {
            if (!line.Get(force) && !await Confirmation.AskAsync(session, "WARNING! This will remove all custom networks not used by at least one container.", cancellationToken))
                return;
            NetworkPruneResponse pruned = await session.Client.Networks.PruneAsync(FilterArguments.Parse(line, filter), cancellationToken);
            await session.Out.WriteAsync(PruneReport.Format("Deleted Networks:", pruned.NetworksDeleted, null));
        });
    }
}
