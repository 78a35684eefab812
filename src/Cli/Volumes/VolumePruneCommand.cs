using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;
using Argosy.Client;
using Argosy.Contract.Volumes;

namespace Argosy.Cli.Volumes;

/// <summary><c>argosy volume prune</c>.</summary>
internal static class VolumePruneCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<bool> all = Flag.Bool("--all", "Remove all unused volumes, not just anonymous ones", "-a");
        Option<bool> force = Flag.Bool("--force", "Do not prompt for confirmation", "-f");
        Option<string[]> filter = Flag.List("--filter", "filter", "Provide filter values (e.g. \"label=<label>\")", []);
        return new VerbCommand("[OPTIONS]", "Remove unused local volumes") { all, force, filter }.With(0, 0, "argosy volume prune -a").Runs(async (line, cancellationToken) =>
        {
            string which = line.Get(all) ? "" : "anonymous ";
            if (!line.Get(force) && !await Confirmation.AskAsync(session, $"WARNING! This will remove {which}local volumes not used by at least one container.", cancellationToken))
                return;
            Filters filters = FilterArguments.Parse(line, filter) ?? new Filters();
            if (line.Get(all))
                filters.Add("all", "1");
            VolumePruneResponse pruned = await session.Client.Volumes.PruneAsync(filters, cancellationToken);
            await session.Out.WriteAsync(PruneReport.Format("Deleted Volumes:", pruned.VolumesDeleted, (ulong)pruned.SpaceReclaimed));
        });
    }
}
