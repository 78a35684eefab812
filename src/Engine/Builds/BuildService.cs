using Argosy.Build;
using Argosy.Build.Cache;
using Argosy.Build.Execution;
using Argosy.Core;
using Argosy.Engine.Events;
using Argosy.Engine.Images;
using Argosy.Images.Content;
using Argosy.Images.Layers;
using Argosy.Images.Records;
using Argosy.Images.Snapshots;
using Argosy.Linux.Files;

namespace Argosy.Engine.Builds;

/// <summary>Builds images for clients: unpacks the context, builds, and leaves nothing but the image and the cache.</summary>
public sealed class BuildService(
    ImageBuilder builder, BuildCache cache, GarbageCollector collector, ImageStore images, ImagePull pulls, LayerStore layers, ContentStore content,
    ISnapshotter snapshots, Leases leases, EventBus events, RemoteContexts remotes, DaemonPaths paths)
{
    /// <summary>Builds.</summary>
    /// <param name="context">A tar, plain or compressed with gzip, bzip2, xz or zstd.</param>
    /// <returns>The image's id.</returns>
    public async Task<Digest> BuildAsync(BuildCommand command, Stream context, IBuildOutput output, CancellationToken cancellationToken)
    {
        string directory = ContextDirectory.NewPath(paths);
        try
        {
            string root = directory;
            if (command.Remote is { } remote)
                root = await remotes.FetchAsync(remote, command.Dockerfile, directory, cancellationToken);
            else
                await ContextDirectory.UnpackAsync(context, directory, cancellationToken);
            using var stores = new BuildImages(images, layers, content, snapshots, leases, new RegistryImageSource(images, pulls, command.Credentials));
            Digest id = await builder.BuildAsync(Request(command, root), stores, output, cancellationToken);
            foreach (ImageReference name in command.Names)
                events.Publish("image", "tag", id.ToString(), new Dictionary<string, string> { ["name"] = name.Familiar });
            return id;
        }
        finally
        {
            await Task.Run(() => FileTree.Remove(directory), CancellationToken.None);
        }
    }

    /// <summary>Deletes cached results and cache mounts, and the layers that were kept for them alone.</summary>
    /// <returns>What was deleted, and the bytes that the disk got back.</returns>
    public async Task<(IReadOnlyList<BuildCacheEntry> Deleted, long Reclaimed)> PruneAsync(BuildPrune prune)
    {
        IReadOnlyList<BuildCacheEntry> deleted = await cache.PruneAsync(prune);
        long reclaimed = await collector.CollectAsync() + deleted.Where(entry => entry.Type == BuildCacheEntry.CacheMount).Sum(entry => entry.Size);
        events.Publish("builder", "prune", "", new Dictionary<string, string> { ["reclaimed"] = reclaimed.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        return (deleted, reclaimed);
    }

    private static BuildRequest Request(BuildCommand command, string directory) => new()
    {
        ContextPath = directory,
        DockerfilePath = command.Dockerfile,
        Names = command.Names,
        Arguments = command.Arguments,
        Labels = command.Labels,
        Target = command.Target,
        NoCache = command.NoCache,
        Pull = command.Pull,
        Network = command.Network,
        Platform = command.Platform,
        Limits = command.Limits,
        Secrets = command.Secrets,
        Contexts = command.Contexts,
        NoCacheStages = command.NoCacheStages,
    };
}
