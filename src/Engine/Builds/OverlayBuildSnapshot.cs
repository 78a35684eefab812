using Argosy.Build;
using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Images.Layers;
using Argosy.Images.Manifests;
using Argosy.Images.Snapshots;
using Argosy.Linux.Files;

namespace Argosy.Engine.Builds;

/// <summary>A build step's overlay.</summary>
internal sealed class OverlayBuildSnapshot(ContainerId id, IReadOnlyList<Digest> chains, LayerStore layers, ISnapshotter snapshots, Leases.Lease lease) : IBuildSnapshot
{
    /// <summary>Names the step's container too.</summary>
    public ContainerId Id => id;

    public string ShortId => BuildId.Short(id);

    public string Root => snapshots.RootOf(id.Value);

    /// <summary>Where the step's changes are; look only while nothing is mounted.</summary>
    public string Upper => snapshots.UpperOf(id.Value);

    /// <summary>What the mount points that the runtime needs have left behind; taken away before a layer is made.</summary>
    public MountStubs? Stubs { get; set; }

    public async Task MountAsync(CancellationToken cancellationToken)
    {
        lease.Add(chains);
        await snapshots.PrepareAsync(id.Value, chains, cancellationToken);
        // What becomes a layer is brought to the device before its record is; the rest is thrown away.
        snapshots.Mount(id.Value, isVolatile: true);
    }

    public async Task<BuiltLayer?> CommitAsync(IReadOnlyList<Digest>? onto, DateTimeOffset? latest, CancellationToken cancellationToken)
    {
        snapshots.Unmount(id.Value);
        Stubs?.RemoveFrom(Upper);
        if (!Directory.EnumerateFileSystemEntries(Upper).Any())
            return null;
        IReadOnlyList<Digest> below = onto is null ? chains : ChainId.All(onto);
        CommittedLayer committed = await layers.CommitAsync(Upper, below.Count == 0 ? null : below[^1], lease, cancellationToken, latest is { } time ? FileTime.From(time) : null);
        return new BuiltLayer(committed.Layer.DiffId, committed.Layer.Size);
    }

    public async ValueTask DisposeAsync() => await snapshots.RemoveAsync(id.Value);
}
