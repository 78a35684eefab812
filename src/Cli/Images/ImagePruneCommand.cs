using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;
using Argosy.Client;
using Argosy.Contract.Images;

namespace Argosy.Cli.Images;

/// <summary><c>argosy image prune</c>.</summary>
internal static class ImagePruneCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<bool> all = Flag.Bool("--all", "Remove all unused images, not just dangling ones", "-a");
        Option<bool> force = Flag.Bool("--force", "Do not prompt for confirmation", "-f");
        Option<string[]> filter = Flag.List("--filter", "filter", "Provide filter values (e.g. \"until=<timestamp>\")", []);
        return new VerbCommand("[OPTIONS]", "Remove unused images") { all, force, filter }.With(0, 0, "argosy image prune -a --filter until=24h").Runs(async (line, cancellationToken) =>
        {
            string warning = line.Get(all)
                ? "WARNING! This will remove all images without at least one container associated to them."
                : "WARNING! This will remove all dangling images.";
            if (!line.Get(force) && !await Confirmation.AskAsync(session, warning, cancellationToken))
                return;
            Filters filters = (FilterArguments.Parse(line, filter) ?? new Filters()).Add("dangling", line.Get(all) ? "false" : "true");
            ImagePruneResponse pruned = await session.Client.Images.PruneAsync(filters, cancellationToken);
            await session.Out.WriteAsync(PruneReport.Format("Deleted Images:", Lines(pruned), pruned.SpaceReclaimed));
        });
    }

    /// <summary>One line for each removed name and layer.</summary>
    public static IReadOnlyList<string> Lines(ImagePruneResponse pruned) =>
        [.. (pruned.ImagesDeleted ?? []).Select(item => item.Untagged is { Length: > 0 } untagged ? "untagged: " + untagged : "deleted: " + item.Deleted)];
}
