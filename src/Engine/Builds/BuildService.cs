using Argosy.Build;
using Argosy.Build.Cache;
using Argosy.Build.Checks;
using Argosy.Build.Execution;
using Argosy.Core;
using Argosy.Engine.Builds.Caching;
using Argosy.Engine.Events;
using Argosy.Engine.Images;
using Argosy.Images.Content;
using Argosy.Images.Layers;
using Argosy.Images.Records;
using Argosy.Images.Snapshots;

namespace Argosy.Engine.Builds;

/// <summary>Builds images for clients: unpacks the context, builds, and leaves nothing but the image and the cache.</summary>
public sealed class BuildService(
    ImageBuilder builder, BuildCache cache, GarbageCollector collector, ImageStore images, ImagePull pulls, LayerStore layers, ContentStore content,
    ISnapshotter snapshots, Leases leases, EventBus events, RemoteContexts remotes, CacheImporter importer, CacheExporter exporter, BuildCacheSweeper sweeper, DaemonPaths paths)
{
    /// <summary>Builds.</summary>
    /// <param name="context">A tar, plain or compressed with gzip, bzip2, xz or zstd.</param>
    /// <returns>The image's id.</returns>
    public async Task<Digest> BuildAsync(BuildCommand command, Stream context, IBuildOutput output, CancellationToken cancellationToken)
    {
        try
        {
            return await InContextAsync(command, context, (root, remove) => BuildAsync(command, root, remove, output, cancellationToken), cancellationToken);
        }
        finally
        {
            sweeper.Ask();
        }
    }

    /// <summary>Checks a Dockerfile, and builds nothing.</summary>
    /// <param name="context">A tar of at least the Dockerfile and .dockerignore.</param>
    public Task<CheckReport> CheckAsync(BuildCommand command, Stream context, CancellationToken cancellationToken) => InContextAsync(command, context, (root, _) =>
    {
        using var caches = new CacheSources();
        using var stores = new BuildImages(images, layers, content, snapshots, leases, new RegistryImageSource(images, pulls, command.Credentials), new PromisedLayers(caches, layers));
        return Task.FromResult(ImageBuilder.Check(Request(command, root), stores));
    }, cancellationToken);

    /// <summary>Unpacks or fetches the context for as long as it takes, or until it is removed before.</summary>
    private async Task<T> InContextAsync<T>(BuildCommand command, Stream context, Func<string, Func<Task>, Task<T>> act, CancellationToken cancellationToken)
    {
        string directory = ContextDirectory.NewPath(paths);
        Task RemoveAsync() => Task.Run(() => ContextDirectory.Remove(directory), CancellationToken.None);
        try
        {
            string root = directory;
            if (command.Remote is { } remote)
                root = await remotes.FetchAsync(remote, command.Dockerfile, directory, cancellationToken);
            else
                await ContextDirectory.UnpackInMemoryAsync(context, directory, cancellationToken);
            return await act(root, RemoveAsync);
        }
        finally
        {
            await RemoveAsync();
        }
    }

    private async Task<Digest> BuildAsync(BuildCommand command, string directory, Func<Task> removeContext, IBuildOutput output, CancellationToken cancellationToken)
    {
        using CacheSources caches = await importer.OpenAsync(command, cancellationToken);
        var source = new RegistryImageSource(images, pulls, command.Credentials);
        using var stores = new BuildImages(images, layers, content, snapshots, leases, source, new PromisedLayers(caches, layers));
        BuildRequest request = Request(command, directory) with { Caches = caches.Caches, Warnings = caches.Warnings };
        // Removed before anything is committed: an fsync would bring thousands of small files to the device, only for them to be removed then.
        // A build that stands on a cache from elsewhere may have to begin again, and then needs it.
        request = request with { ContextDone = caches.Caches.Count == 0 ? removeContext : null };
        BuildReport report = await builder.BuildAsync(request, stores, output, cancellationToken);
        foreach (ImageReference name in command.Names)
            events.Publish("image", "tag", report.Id.ToString(), new Dictionary<string, string> { ["name"] = name.Familiar });
        await exporter.ExportAsync(command, report, caches, output, cancellationToken);
        return report.Id;
    }

    /// <summary>Deletes cached results and cache mounts, and the layers that were kept for them alone.</summary>
    /// <returns>What was deleted, and the bytes that the disk got back.</returns>
    public async Task<(IReadOnlyList<BuildCacheEntry> Deleted, long Reclaimed)> PruneAsync(BuildPrune prune)
    {
        IReadOnlyList<BuildCacheEntry> deleted = await cache.PruneAsync(prune with { FreeSpace = sweeper.FreeSpace });
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
        Squash = command.Squash,
        Pull = command.Pull,
        Network = command.Network,
        Platform = command.Platform,
        Limits = command.Limits,
        Secrets = command.Secrets,
        Agents = command.Agents,
        Contexts = command.Contexts,
        NoCacheStages = command.NoCacheStages,
    };
}
