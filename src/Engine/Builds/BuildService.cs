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
using Argosy.Linux.Archives;
using Argosy.Linux.Files;

namespace Argosy.Engine.Builds;

/// <summary>Builds images for clients: unpacks the context, builds, and leaves nothing but the image and the cache.</summary>
public sealed class BuildService(
    ImageBuilder builder, BuildCache cache, GarbageCollector collector, ImageStore images, ImagePull pulls, LayerStore layers, ContentStore content,
    ISnapshotter snapshots, Leases leases, EventBus events, DaemonPaths paths, TimeProvider clock)
{
    /// <summary>Builds.</summary>
    /// <param name="context">A tar, plain or compressed with gzip, bzip2, xz or zstd.</param>
    /// <returns>The image's id.</returns>
    public async Task<Digest> BuildAsync(BuildCommand command, Stream context, IBuildOutput output, CancellationToken cancellationToken)
    {
        string directory = Path.Combine(paths.Temporary, "build-" + RandomId.Next()[..24]);
        try
        {
            await UnpackAsync(context, directory, cancellationToken);
            using var stores = new BuildImages(images, layers, content, snapshots, leases, new RegistryImageSource(images, pulls, command.Credentials));
            Digest id = await builder.BuildAsync(Request(command, directory), stores, output, cancellationToken);
            foreach (ImageReference name in command.Names)
                events.Publish("image", "tag", id.ToString(), new Dictionary<string, string> { ["name"] = name.Familiar });
            return id;
        }
        finally
        {
            await Task.Run(() => FileTree.Remove(directory), CancellationToken.None);
        }
    }

    /// <summary>Deletes cached results, and the layers that were kept for them alone.</summary>
    /// <param name="unusedFor">Only results unused for so long; null is all.</param>
    /// <returns>What was deleted, and the bytes that the disk got back.</returns>
    public async Task<(IReadOnlyList<BuildCacheEntry> Deleted, long Reclaimed)> PruneAsync(TimeSpan? unusedFor)
    {
        IReadOnlyList<BuildCacheEntry> deleted = await cache.PruneAsync(unusedFor is { } age ? clock.GetUtcNow() - age : null);
        long reclaimed = await collector.CollectAsync();
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
    };

    /// <summary>The extractor reads synchronously: it gets a thread that may wait.</summary>
    private static async Task UnpackAsync(Stream context, string directory, CancellationToken cancellationToken)
    {
        // Readable by all, as dockerd's is: `COPY . /new/` gives the new directory the context's permissions. Nobody else gets through the data root.
        Directory.CreateDirectory(directory);
        File.SetUnixFileMode(directory, (UnixFileMode)0x1ed);
        await using Stream blocking = new BlockingStream(context, cancellationToken);
        await BlockingStream.RunAsync(() => Unpack(blocking, directory, cancellationToken), cancellationToken);
    }

    private static ExtractResult Unpack(Stream context, string directory, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = new TarReader(context, decompress: true);
            return TarExtractor.Extract(reader, directory, new ExtractOptions { Links = LinkPolicy.ResolveInRoot, Owner = (0, 0) }, cancellationToken);
        }
        catch (ArchiveException exception)
        {
            throw EngineException.Invalid($"Error processing tar file: {exception.Message}");
        }
    }
}
