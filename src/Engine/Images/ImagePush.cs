using System.Globalization;
using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Images.Manifests;
using Argosy.Images.Records;
using Argosy.Registry;

namespace Argosy.Engine.Images;

/// <summary>
/// Brings an image to its registry (<c>docker push</c>). What came compressed goes as it came, manifest and all, so the digest
/// stays; layers made here are compressed on the way.
/// </summary>
public sealed class ImagePush(RegistryClient registries, RegistryOptions options, ImageStore images, LayerUpload upload, Leases leases, ImageEvents events) : IDisposable
{
    private const int MostMountAttempts = 4;
    private readonly TransferSlots slots = new(options.ConcurrentUploads);

    /// <summary>Pushes the tag, or all tags that the repository has here.</summary>
    /// <exception cref="EngineException">There is no such image here, or the registry refused.</exception>
    public async Task PushAsync(PushRequest request, IImageProgress progress, CancellationToken cancellationToken)
    {
        ImageReference name = request.Name;
        progress.Status($"The push refers to repository [{name.Repository}]");
        List<(ImageReference Name, ImageRecord Image)> chosen = Choose(request);
        if (chosen.Count == 0)
            throw EngineException.NotFound($"An image does not exist locally with the tag: {name.FamiliarName}");
        foreach ((ImageReference tagged, ImageRecord image) in chosen)
            ImageQueries.RequirePlatform(tagged.Familiar, image, request.Platform);
        try
        {
            using RegistrySession session = await registries.OpenAsync(name, request.Credentials, RegistryAccess.Push, cancellationToken);
            foreach ((ImageReference tagged, ImageRecord image) in chosen)
                await PushOneAsync(session, tagged, image, progress, cancellationToken);
        }
        catch (RegistryException exception)
        {
            throw RegistryErrors.Other(exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => slots.Dispose();

    private List<(ImageReference Name, ImageRecord Image)> Choose(PushRequest request)
    {
        if (!request.AllTags)
            return images.TryResolve(request.Name, out ImageRecord? image) && request.Name.Tag is not null ? [(request.Name, image)] : [];
        return [.. from candidate in images.List()
                   from tag in candidate.Tags
                   let name = ImageReference.Parse(tag)
                   where name.Repository == request.Name.Repository
                   orderby tag
                   select (name, candidate)];
    }

    private async Task PushOneAsync(RegistrySession session, ImageReference name, ImageRecord image, IImageProgress progress, CancellationToken cancellationToken)
    {
        using Leases.Lease lease = leases.Begin();
        lease.Add([image.Id, image.Manifest.Digest, .. image.Layers.Select(layer => layer.Digest)]);
        foreach (Digest diffId in image.DiffIds)
            progress.Status("Preparing", diffId.Short);
        Descriptor[] sent = await UploadLayersAsync(session, name, image, progress, cancellationToken);
        await upload.ConfigAsync(session, image, cancellationToken);
        (byte[] manifest, string mediaType) = upload.ManifestOf(image, sent);
        Digest digest = await session.PutManifestAsync(name.Tag!, mediaType, manifest, cancellationToken);
        await images.TagAsync(name.WithDigest(digest), image.Id);
        progress.Status(string.Create(CultureInfo.InvariantCulture, $"{name.Tag}: digest: {digest} size: {manifest.Length}"));
        progress.Report(new ImageProgress { Pushed = (name.Tag!, digest, manifest.Length) });
        events.OfName("push", name, image);
    }

    private async Task<Descriptor[]> UploadLayersAsync(
        RegistrySession session, ImageReference name, ImageRecord image, IImageProgress progress, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        IReadOnlyCollection<ImageRecord> all = images.List();
        Task<Descriptor>[] uploads = [.. image.Layers.Select((layer, i) => slots.RunAsync(
            () => upload.LayerAsync(session, layer, Siblings(all, name, layer), new PushProgress(progress, image.DiffIds[i].Short, layer.Size), stop.Token), stop.Token))];
        await FailFast.WhenAllAsync(uploads, stop);
        return await Task.WhenAll(uploads);
    }

    /// <summary>Other repositories of the same registry that have had this layer, in whatever image: it can be mounted from there.</summary>
    private static string[] Siblings(IReadOnlyCollection<ImageRecord> all, ImageReference name, Descriptor layer) => [.. all
        .Where(image => image.Digests.Count > 0 && image.Layers.Any(other => other.Digest == layer.Digest))
        .SelectMany(image => image.Digests)
        .Select(ImageReference.Parse)
        .Where(other => other.Domain == name.Domain && other.Path != name.Path)
        .Select(other => other.Path)
        .Distinct()
        .Take(MostMountAttempts)];
}
