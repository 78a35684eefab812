using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Images.Manifests;
using Argosy.Images.Records;
using Argosy.Registry;

namespace Argosy.Engine.Images;

/// <summary>The parts of a push.</summary>
public sealed class LayerUpload(ContentStore content, CompressedBlobs compressed)
{
    /// <summary>Sees to it that the registry has a layer.</summary>
    /// <returns>The layer as the registry has it.</returns>
    internal Task<Descriptor> LayerAsync(RegistrySession session, Descriptor layer, string[] siblings, PushProgress progress, CancellationToken cancellationToken) =>
        MediaTypes.IsUncompressedLayer(layer.MediaType)
            ? CompressAsync(session, layer, siblings, progress, cancellationToken)
            : AsItIsAsync(session, layer, siblings, progress, cancellationToken);

    /// <summary>Sees to it that the registry has the image's configuration.</summary>
    internal async Task ConfigAsync(RegistrySession session, ImageRecord image, CancellationToken cancellationToken)
    {
        if (!await session.HasBlobAsync(image.Id, cancellationToken))
            await session.UploadBlobAsync((target, token) => CopyAsync(image.ConfigBlob, target, null, token), image.ConfigBlob.Size, begun: null, cancellationToken);
    }

    /// <summary>The manifest as it came, or with the layers as they were sent.</summary>
    internal (byte[] Manifest, string MediaType) ManifestOf(ImageRecord image, Descriptor[] sent)
    {
        byte[] own = content.ReadDocument(image.Manifest.Digest);
        if (sent.Select(layer => layer.Digest).SequenceEqual(image.Layers.Select(layer => layer.Digest)))
            return (own, image.Manifest.MediaType);
        return (Documents.WithLayers(own, sent), image.Manifest.MediaType);
    }

    private async Task<Descriptor> AsItIsAsync(RegistrySession session, Descriptor layer, string[] siblings, PushProgress progress, CancellationToken cancellationToken)
    {
        (bool isThere, BegunUpload? begun) = await FindAsync(session, layer.Digest, siblings, progress, cancellationToken);
        if (isThere)
            return layer;
        await session.UploadBlobAsync((target, token) => CopyAsync(layer, target, progress, token), layer.Size, begun, cancellationToken);
        progress.Pushed();
        return layer;
    }

    private async Task<Descriptor> CompressAsync(RegistrySession session, Descriptor layer, string[] siblings, PushProgress progress, CancellationToken cancellationToken)
    {
        BegunUpload? begun = null;
        if (compressed.Find(layer.Digest) is { } known)
        {
            (bool isThere, begun) = await FindAsync(session, known.Digest, siblings, progress, cancellationToken);
            if (isThere)
                return known;
        }
        Descriptor? made = null;
        await session.UploadBlobAsync(async (target, token) =>
        {
            made = await compressed.CompressAsync(layer, target, progress.Pushing, token);
            return made.Digest;
        }, size: null, begun, cancellationToken);
        progress.Pushed();
        return made!;
    }

    /// <summary>Whether the repository has the blob now, by itself or from a sibling; if not, the upload that a refused mount began.</summary>
    private static async Task<(bool IsThere, BegunUpload? Begun)> FindAsync(
        RegistrySession session, Digest digest, string[] siblings, PushProgress progress, CancellationToken cancellationToken)
    {
        if (await session.HasBlobAsync(digest, cancellationToken))
        {
            progress.Exists();
            return (true, null);
        }
        BegunUpload? begun = null;
        foreach (string sibling in siblings)
        {
            MountAnswer answer = await session.MountBlobAsync(digest, sibling, cancellationToken);
            if (answer.IsMounted)
            {
                progress.Mounted(sibling);
                return (true, null);
            }
            begun = answer.Upload ?? begun;
        }
        return (false, begun);
    }

    private async Task<Digest> CopyAsync(Descriptor blob, Stream target, PushProgress? progress, CancellationToken cancellationToken)
    {
        await using FileStream source = content.OpenRead(blob.Digest);
        byte[] buffer = new byte[128 * 1024];
        for (int read; (read = await source.ReadAsync(buffer, cancellationToken)) > 0; progress?.Pushing(source.Position))
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        return blob.Digest;
    }
}
