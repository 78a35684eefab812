using System.Diagnostics.CodeAnalysis;
using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Images.Layers;
using Argosy.Images.Manifests;
using Argosy.Images.Records;

namespace Argosy.Images.Archives;

/// <summary>Brings in images from an archive: a docker-archive, an OCI image layout, or both in one (what Docker 25 and later save).</summary>
public sealed class ImageArchiveReader(ContentStore content, LayerStore layers, ImageStore images)
{
    /// <summary>Reads the whole archive and makes its images; names are left to the caller.</summary>
    /// <param name="archive">A tar, compressed or not.</param>
    /// <param name="platform">Which image of an index; null for this machine's.</param>
    /// <param name="lease">Holds what came until the images have it.</param>
    /// <param name="progress">Gives each layer (by its diff id) an ear; may give null.</param>
    /// <param name="cancellationToken">Until an image is made.</param>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> when it is no image archive, or not whole.</exception>
    public async Task<IReadOnlyList<LoadedImage>> ReadAsync(
        Stream archive, Platform? platform, Leases.Lease lease, Func<Digest, ILayerProgress?> progress, CancellationToken cancellationToken)
    {
        ArchiveContent files = await BlockingStream.RunAsync(() => ArchiveContent.Read(archive, content, lease, cancellationToken), cancellationToken);
        var loaded = new List<LoadedImage>();
        foreach ((NewImage image, IReadOnlyList<ImageReference> names) in Describe(files, platform ?? Platform.Host))
        {
            await UnpackAsync(image, lease, progress, cancellationToken);
            loaded.Add(new LoadedImage(await images.CreateAsync(image), names));
        }
        return loaded;
    }

    private async Task UnpackAsync(NewImage image, Leases.Lease lease, Func<Digest, ILayerProgress?> progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<Digest> diffIds = ImageConfigFile.Parse(image.Config).RootFs.DiffIds;
        if (diffIds.Count != image.Layers.Count)
            throw EngineException.Invalid($"invalid manifest, layers length mismatch: expected {diffIds.Count}, got {image.Layers.Count}");
        IReadOnlyList<Digest> chains = ChainId.All(diffIds);
        lease.Add(chains);
        await Task.WhenAll(diffIds.Select((diffId, i) => layers.AddAsync(
            new LayerRequest { Blob = image.Layers[i], DiffId = diffId, Parent = i == 0 ? null : chains[i - 1] }, progress(diffId), cancellationToken)));
    }

    private IEnumerable<(NewImage Image, IReadOnlyList<ImageReference> Names)> Describe(ArchiveContent files, Platform platform)
    {
        byte[]? index = files.ReadDocument("index.json");
        if (files.ReadDocument("manifest.json") is { } list)
            return FromDockerArchive(files, list, index);
        if (index is not null)
            return FromLayout(files, index, platform);
        throw EngineException.Invalid("unrecognized image format: the archive has neither manifest.json nor index.json");
    }

    private IEnumerable<(NewImage, IReadOnlyList<ImageReference>)> FromDockerArchive(ArchiveContent files, byte[] list, byte[]? index)
    {
        Dictionary<Digest, Descriptor> manifests = index is null ? [] : ManifestsByConfig(files, Documents.ParseIndex(index));
        foreach (DockerArchiveEntry entry in Documents.Parse(list, ArchiveJson.Default.ListDockerArchiveEntry, "manifest.json"))
        {
            Descriptor config = files.Find(entry.Config) ?? throw Missing(entry.Config);
            List<Descriptor> blobs = [.. entry.Layers.Select(layer => files.Find(layer) ?? throw Missing(layer))];
            NewImage image = manifests.TryGetValue(config.Digest, out Descriptor? manifest) && TryFromManifest(files, manifest, out NewImage? whole)
                ? whole
                : new NewImage { Config = content.ReadDocument(config.Digest), Layers = [.. blobs.Select(blob => blob with { MediaType = files.LayerType(blob.Digest) })] };
            yield return (image, [.. (entry.RepoTags ?? []).Select(ImageReference.Parse)]);
        }
    }

    private IEnumerable<(NewImage, IReadOnlyList<ImageReference>)> FromLayout(ArchiveContent files, byte[] index, Platform platform)
    {
        foreach (Descriptor descriptor in Documents.ParseIndex(index).Manifests)
        {
            Descriptor manifest = MediaTypes.IsIndex(descriptor.MediaType) ? Choose(files, descriptor, platform) : descriptor;
            if (!TryFromManifest(files, manifest, out NewImage? image))
                throw Missing(manifest.Digest.ToString());
            yield return (image, NamesOf(descriptor));
        }
    }

    private Descriptor Choose(ArchiveContent files, Descriptor index, Platform platform)
    {
        _ = files.Find(index.Digest) ?? throw Missing(index.Digest.ToString());
        return PlatformChoice.Choose(Documents.ParseIndex(content.ReadDocument(index.Digest)), platform)
            ?? throw EngineException.NotFound($"image with reference {index.Digest} was found but does not provide the specified platform ({platform})");
    }

    private Dictionary<Digest, Descriptor> ManifestsByConfig(ArchiveContent files, ImageIndex index)
    {
        var found = new Dictionary<Digest, Descriptor>();
        foreach (Descriptor descriptor in index.Manifests)
        {
            if (MediaTypes.IsManifest(descriptor.MediaType) && files.Find(descriptor.Digest) is not null)
                found[Documents.ParseManifest(content.ReadDocument(descriptor.Digest)).Config.Digest] = descriptor;
        }
        return found;
    }

    private bool TryFromManifest(ArchiveContent files, Descriptor descriptor, [NotNullWhen(true)] out NewImage? image)
    {
        image = null;
        if (files.Find(descriptor.Digest) is null)
            return false;
        byte[] bytes = content.ReadDocument(descriptor.Digest);
        ImageManifest manifest = Documents.ParseManifest(bytes);
        if (files.Find(manifest.Config.Digest) is null || manifest.Layers.Any(layer => files.Find(layer.Digest) is null))
            return false;
        image = new NewImage
        {
            Config = content.ReadDocument(manifest.Config.Digest),
            Layers = manifest.Layers,
            Manifest = bytes,
            ManifestMediaType = manifest.MediaType ?? descriptor.MediaType,
        };
        return true;
    }

    /// <summary>containerd's annotation has the whole name; the specification's may be a whole name or a tag alone, which names nothing.</summary>
    private static IReadOnlyList<ImageReference> NamesOf(Descriptor descriptor)
    {
        if (descriptor.Annotations is not { } annotations)
            return [];
        if (annotations.TryGetValue("io.containerd.image.name", out string? name) && ImageReference.TryParse(name, out ImageReference? whole))
            return [whole];
        return annotations.TryGetValue("org.opencontainers.image.ref.name", out string? text) && text.AsSpan().ContainsAny('/', ':')
            && ImageReference.TryParse(text, out ImageReference? reference) ? [reference] : [];
    }

    private static EngineException Missing(string name) => EngineException.Invalid($"the archive is not whole: {name} is missing");
}
