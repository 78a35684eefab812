using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;
using Argosy.Cli.Syntax;
using Argosy.Contract.Build;

namespace Argosy.Cli.Build;

/// <summary><c>argosy builder prune</c>.</summary>
internal static class BuilderPruneCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<bool> all = Flag.Bool("--all", "Remove all unused build cache, not just dangling ones", "-a");
        Option<bool> force = Flag.Bool("--force", "Do not prompt for confirmation", "-f");
        Option<string[]> filter = Flag.List("--filter", "filter", "Provide filter values (e.g. \"until=24h\")", []);
        Option<string?> keep = Flag.Text("--keep-storage", "bytes", "Amount of disk space to keep for cache", []);
        return new VerbCommand("[OPTIONS]", "Remove build cache") { all, force, filter, keep }.With(0, 0, "argosy builder prune --keep-storage 10GB", "argosy builder prune -f --filter until=168h").Runs(async (line, cancellationToken) =>
        {
            long storage = line.Read(keep, ByteSize.Parse, 0);
            string warning = line.Get(all)
                ? "WARNING! This will remove all build cache."
                : "WARNING! This will remove all dangling build cache.";
            if (!line.Get(force) && !await Confirmation.AskAsync(session, warning, cancellationToken))
                return;
            BuildPruneResponse pruned = await session.Client.System.PruneBuildCacheAsync(line.Get(all), storage, FilterArguments.Parse(line, filter), cancellationToken);
            await session.Out.WriteAsync(PruneReport.Format(PruneReport.BuildCache, pruned.CachesDeleted, (ulong)pruned.SpaceReclaimed));
        });
    }
}
