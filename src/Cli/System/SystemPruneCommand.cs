using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Images;
using Argosy.Cli.Output;
using Argosy.Cli.Session;
using Argosy.Client;
using Argosy.Contract.Build;
using Argosy.Contract.Containers;
using Argosy.Contract.Images;
using Argosy.Contract.Networks;
using Argosy.Contract.Volumes;

namespace Argosy.Cli.System;

/// <summary><c>argosy system prune</c>.</summary>
internal static class SystemPruneCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<bool> all = Flag.Bool("--all", "Remove all unused images not just dangling ones", "-a");
        Option<bool> force = Flag.Bool("--force", "Do not prompt for confirmation", "-f");
        Option<bool> volumes = Flag.Bool("--volumes", "Prune anonymous volumes");
        Option<string[]> filter = Flag.List("--filter", "filter", "Provide filter values (e.g. \"label=<key>=<value>\")", []);
        return new VerbCommand("[OPTIONS]", "Remove unused data") { all, force, volumes, filter }.With(0, 0, "argosy system prune -a --volumes").Runs(async (line, cancellationToken) =>
        {
            Filters? filters = FilterArguments.Parse(line, filter);
            if (line.Get(volumes) && filters?.Keys.Contains("until") == true)
                throw new CliException("the \"until\" filter is not supported with \"--volumes\"");
            if (!line.Get(force) && !await Confirmation.AskAsync(session, Warning(line.Get(all), line.Get(volumes)), cancellationToken))
                return;
            ulong space = await PruneAsync(session, line.Get(all), line.Get(volumes), () => FilterArguments.Parse(line, filter), cancellationToken);
            await session.Out.WriteAsync(PruneReport.Format("", null, space));
        });
    }

    private static string Warning(bool all, bool volumes) => string.Join('\n', (IEnumerable<string>)
    [
        "WARNING! This will remove:",
        "  - all stopped containers",
        "  - all networks not used by at least one container",
        .. volumes ? ["  - all anonymous volumes not used by at least one container"] : Array.Empty<string>(),
        all ? "  - all images without at least one container associated to them" : "  - all dangling images",
        all ? "  - all build cache" : "  - unused build cache",
        "",
    ]);

    /// <summary>In this order: a container uses its networks, volumes and image.</summary>
    private static async Task<ulong> PruneAsync(CliSession session, bool all, bool volumes, Func<Filters?> filters, CancellationToken cancellationToken)
    {
        ContainerPruneResponse containers = await session.Client.Containers.PruneAsync(filters(), cancellationToken);
        await session.Out.WriteAsync(PruneReport.Format("Deleted Containers:", containers.ContainersDeleted, null));
        NetworkPruneResponse networks = await session.Client.Networks.PruneAsync(filters(), cancellationToken);
        await session.Out.WriteAsync(PruneReport.Format("Deleted Networks:", networks.NetworksDeleted, null));
        ulong space = containers.SpaceReclaimed;
        if (volumes)
        {
            VolumePruneResponse pruned = await session.Client.Volumes.PruneAsync(filters(), cancellationToken);
            await session.Out.WriteAsync(PruneReport.Format("Deleted Volumes:", pruned.VolumesDeleted, null));
            space += (ulong)pruned.SpaceReclaimed;
        }
        ImagePruneResponse images = await session.Client.Images.PruneAsync((filters() ?? new Filters()).Add("dangling", all ? "false" : "true"), cancellationToken);
        await session.Out.WriteAsync(PruneReport.Format("Deleted Images:", ImagePruneCommand.Lines(images), null));
        BuildPruneResponse cache = await session.Client.System.PruneBuildCacheAsync(all, 0, filters(), cancellationToken);
        await session.Out.WriteAsync(PruneReport.Format(PruneReport.BuildCache, cache.CachesDeleted, null));
        return space + images.SpaceReclaimed + (ulong)cache.SpaceReclaimed;
    }
}
