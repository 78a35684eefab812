using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Images.Layers;
using Argosy.Images.Manifests;
using Argosy.Images.Records;
using Argosy.Registry;

namespace Argosy.Engine.Images;

/// <summary>Brings an image from its registry (<c>docker pull</c>): layers side by side, each unpacked while it comes in.</summary>
public sealed class ImagePull(RegistryClient registries, RegistryOptions options, ImageStore images, ContentStore content, LayerStore layers, GarbageCollector collector, ImageEvents events) : IDisposable
{
    private readonly TransferSlots slots = new(options.ConcurrentDownloads);

    /// <summary>Pulls, and gives the image its name.</summary>
    /// <returns>The image; of all tags the last.</returns>
    /// <exception cref="EngineException">In dockerd's words: the registry refused, nothing fits the platform, content is not what it should be.</exception>
    public async Task<ImageRecord> PullAsync(PullRequest request, IImageProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            using RegistrySession session = await registries.OpenAsync(request.Name, request.Credentials, RegistryAccess.Pull, cancellationToken);
            if (!request.AllTags)
                return await PullOneAsync(session, request.Name, request.Platform, progress, cancellationToken);
            ImageRecord? last = null;
            foreach (string tag in await session.ListTagsAsync(cancellationToken))
                last = await PullOneAsync(session, request.Name.WithTag(tag), request.Platform, progress, cancellationToken);
            return last ?? throw EngineException.NotFound($"repository {request.Name.FamiliarName} has no tags");
        }
        catch (RegistryException exception)
        {
            throw RegistryErrors.OfPull(exception, request.Name);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => slots.Dispose();

    private async Task<ImageRecord> PullOneAsync(
        RegistrySession session, ImageReference name, Platform? platform, IImageProgress progress, CancellationToken cancellationToken)
    {
        string reference = name.Digest?.ToString() ?? name.Tag!;
        RegistryManifest top = await session.GetManifestAsync(reference, cancellationToken);
        RegistryManifest chosen = await ChooseAsync(session, name, top, platform, cancellationToken);
        ImageManifest manifest = ParseManifest(name, chosen);
        progress.Status($"Pulling from {name.Path}", name.Tag ?? reference);
        (ImageRecord image, bool isNew) = await collector.UnderLeaseAsync(async lease =>
        {
            ImageRecord fetched = await FetchAsync(session, chosen, manifest, platform, lease, progress, cancellationToken);
            return (fetched, await NameAsync(name, top.Digest, fetched));
        });
        progress.Status($"Digest: {top.Digest}");
        progress.Status(isNew ? $"Status: Downloaded newer image for {name.Familiar}" : $"Status: Image is up to date for {name.Familiar}");
        events.OfName("pull", name, image);
        return image;
    }

    private static async Task<RegistryManifest> ChooseAsync(
        RegistrySession session, ImageReference name, RegistryManifest top, Platform? platform, CancellationToken cancellationToken)
    {
        if (!MediaTypes.IsIndex(ManifestKind.Of(top)))
            return top;
        Platform wanted = platform ?? Platform.Host;
        Descriptor found = PlatformChoice.Choose(Documents.ParseIndex(top.Content), wanted)
            ?? throw EngineException.NotFound($"no matching manifest for {wanted} in the manifest list entries");
        RegistryManifest chosen = await session.GetManifestAsync(found.Digest.ToString(), cancellationToken);
        return MediaTypes.IsIndex(ManifestKind.Of(chosen)) ? throw EngineException.Invalid($"{name.Familiar}: an index inside an index is not supported") : chosen;
    }

    private static ImageManifest ParseManifest(ImageReference name, RegistryManifest manifest)
    {
        string kind = ManifestKind.Of(manifest);
        if (kind is MediaTypes.DockerSchema1 or MediaTypes.DockerSchema1Signed)
            throw EngineException.Invalid($"Docker Image Format v1 and Docker Image manifest version 2, schema 1 are not supported. Suggest the author of {name.Familiar} to upgrade the image to the OCI Format or Docker Image manifest v2, schema 2. More information at https://docs.docker.com/go/deprecated-image-specs/");
        if (!MediaTypes.IsManifest(kind))
            throw EngineException.Invalid($"unsupported manifest media type {kind}");
        ImageManifest parsed = Documents.ParseManifest(manifest.Content);
        if (parsed.Config.MediaType is not (MediaTypes.OciConfig or MediaTypes.DockerConfig or "application/octet-stream" or ""))
            throw EngineException.Invalid($"encountered remote \"{parsed.Config.MediaType}\"(unknown) when fetching: {name.Familiar} is no container image");
        return parsed;
    }

    private async Task<ImageRecord> FetchAsync(
        RegistrySession session, RegistryManifest chosen, ImageManifest manifest, Platform? platform, Leases.Lease lease, IImageProgress progress, CancellationToken cancellationToken)
    {
        lease.Add([chosen.Digest, manifest.Config.Digest, .. manifest.Layers.Select(layer => layer.Digest)]);
        byte[] config = content.Has(manifest.Config.Digest)
            ? content.ReadDocument(manifest.Config.Digest)
            : await session.GetBlobAsync(manifest.Config.Digest, manifest.Config.Size, cancellationToken);
        ImageConfigFile file = ImageConfigFile.Parse(config);
        RequirePlatform(file, platform);
        IReadOnlyList<Digest> diffIds = file.RootFs.DiffIds;
        if (diffIds.Count != manifest.Layers.Count)
            throw EngineException.Invalid("invalid manifest: the image configuration has another number of layers");
        IReadOnlyList<Digest> chains = ChainId.All(diffIds);
        lease.Add(chains);
        foreach (Descriptor layer in manifest.Layers)
            progress.Status("Pulling fs layer", layer.Digest.Short);
        await FetchLayersAsync(session, manifest, diffIds, chains, progress, cancellationToken);
        return await images.CreateAsync(new NewImage
        {
            Config = config,
            Layers = manifest.Layers,
            Manifest = chosen.Content,
            ManifestMediaType = ManifestKind.Of(chosen),
        });
    }

    /// <summary>The first failure ends the others: nobody waits for gigabytes that are of no use any more.</summary>
    private async Task FetchLayersAsync(
        RegistrySession session, ImageManifest manifest, IReadOnlyList<Digest> diffIds, IReadOnlyList<Digest> chains, IImageProgress progress, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await FailFast.WhenAllAsync(diffIds.Select((diffId, i) => layers.AddAsync(
            new LayerRequest
            {
                Blob = manifest.Layers[i],
                DiffId = diffId,
                Parent = i == 0 ? null : chains[i - 1],
                Fetch = token => slots.OpenAsync(open => session.OpenBlobAsync(manifest.Layers[i].Digest, manifest.Layers[i].Size, open), token),
            },
            new PullProgress(progress, manifest.Layers[i].Digest.Short), stop.Token)), stop);
    }

    /// <summary>An image without an index is taken as it is, unless a platform was asked for by name.</summary>
    private static void RequirePlatform(ImageConfigFile file, Platform? platform)
    {
        var offered = new Platform(file.Os, file.Architecture, string.IsNullOrEmpty(file.Variant) ? null : file.Variant);
        if (file.Os is not ("" or "linux"))
            throw EngineException.Invalid($"image operating system \"{file.Os}\" cannot be used on this platform");
        if (platform is not null && !platform.Accepts(offered))
            throw EngineException.NotFound($"image with reference was found but does not match the specified platform: wanted {platform}, actual: {offered}");
    }

    /// <returns>False when the name pointed at this very image before.</returns>
    private async Task<bool> NameAsync(ImageReference name, Digest digest, ImageRecord image)
    {
        bool isNew = !images.TryResolve(name, out ImageRecord? before) || before.Id != image.Id;
        await images.TagAsync(name.WithDigest(digest), image.Id);
        if (name.Digest is null)
            await images.TagAsync(name, image.Id);
        return isNew;
    }
}
