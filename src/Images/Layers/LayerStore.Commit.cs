using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Images.Manifests;
using Argosy.Linux.Archives;
using Argosy.Linux.Files;

namespace Argosy.Images.Layers;

/// <content>How a container's or build step's upper directory becomes a layer.</content>
public sealed partial class LayerStore
{
    /// <summary>
    /// Makes a layer of an overlay's upper directory: packed in one pass into an uncompressed blob whose digest is the diff id,
    /// the directory itself moved to be the layer's. Afterwards the upper directory does not exist any more.
    /// </summary>
    /// <param name="upper">An upper directory whose overlay is not mounted any more, on the data root's file system.</param>
    /// <param name="parent">The chain id of what it lies on; null for an image without layers.</param>
    /// <param name="lease">Holds the blob and the layer until a record names them.</param>
    /// <param name="cancellationToken">Before the layer is committed.</param>
    /// <param name="latest">Makes the layer reproducible: what was modified later gets this time, and holes are packed as zeros. Null keeps everything as it is.</param>
    public async Task<CommittedLayer> CommitAsync(string upper, Digest? parent, Leases.Lease lease, CancellationToken cancellationToken, FileTime? latest = null)
    {
        CommittedLayer committed = await PackAsync(upper, parent, lease, latest, cancellationToken);
        using IDisposable chain = await chainLocks.AcquireAsync(committed.Layer.ChainId, cancellationToken);
        if (TryGet(committed.Layer.ChainId, out LayerRecord? existing))
        {
            FileTree.Remove(upper);
            return committed with { Layer = existing };
        }
        string directory = BeginUnfinished();
        try
        {
            Directory.Move(upper, Path.Combine(directory, "fs"));
            await CommitDirectoryAsync(committed.Layer, directory);
            return committed;
        }
        finally
        {
            EndUnfinished(directory);
        }
    }

    /// <summary>As <see cref="CommitAsync"/>, but the upper directory is left as it is (a container that lives on); the layer is unpacked from the blob.</summary>
    public async Task<CommittedLayer> CommitCopyAsync(string upper, Digest? parent, Leases.Lease lease, CancellationToken cancellationToken)
    {
        CommittedLayer committed = await PackAsync(upper, parent, lease, null, cancellationToken);
        var request = new LayerRequest { Blob = committed.Blob, DiffId = committed.Layer.DiffId, Parent = parent };
        return committed with { Layer = await AddAsync(request, null, cancellationToken) };
    }

    private Task<CommittedLayer> PackAsync(string upper, Digest? parent, Leases.Lease lease, FileTime? latest, CancellationToken cancellationToken) =>
        Task.Run(() => Pack(upper, parent, lease, latest, cancellationToken), cancellationToken);

    private CommittedLayer Pack(string upper, Digest? parent, Leases.Lease lease, FileTime? latest, CancellationToken cancellationToken)
    {
        if (latest is { } time)
            FileTree.ClampTimes(upper, time);
        using BlobIngest ingest = content.Begin();
        bool hasRoot = RootDiffers(upper, parent);
        PackResult packed;
        using (var buffered = new BufferedStream(ingest.AsStream(), 256 * 1024))
        using (var writer = new TarWriter(buffered))
        {
            packed = TreePacker.Pack(writer, upper, "", new PackOptions { Whiteouts = true, IncludeRoot = hasRoot, FillHoles = latest is not null }, cancellationToken);
            writer.Finish();
            buffered.Flush();
        }
        long size = ingest.Length;
        Digest diffId = ingest.Commit(lease.Add);
        Digest chainId = ChainId.Of(parent, diffId);
        lease.Add(chainId);
        var layer = new LayerRecord { ChainId = chainId, DiffId = diffId, Parent = parent, Size = packed.Bytes, HasRoot = hasRoot };
        return new CommittedLayer(layer, new Descriptor { MediaType = MediaTypes.OciLayer, Digest = diffId, Size = size });
    }

    private bool RootDiffers(string upper, Digest? parent)
    {
        FileStatus mine = FileTree.Status(upper) ?? throw EngineException.NotFound($"{upper} does not exist");
        FileStatus theirs = RootOf(parent);
        return (mine.Permissions, mine.UserId, mine.GroupId) != (theirs.Permissions, theirs.UserId, theirs.GroupId);
    }

    /// <summary>The root directory as a container sees it: from the highest layer that describes it, 0755 of root where none does.</summary>
    internal FileStatus RootOf(Digest? chainId)
    {
        for (Digest? at = chainId; at is { } current;)
        {
            LayerRecord layer = Get(current);
            if (layer.HasRoot && FileTree.Status(PathOf(current)) is { } status)
                return status;
            at = layer.Parent;
        }
        return new FileStatus { Type = FileType.Directory, Permissions = 0x1ed };
    }
}
