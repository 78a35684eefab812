using Argosy.Build.Cache;
using Argosy.Core;
using Argosy.Engine.Images;
using Argosy.Images.Archives;
using Argosy.Images.Content;
using Argosy.Images.Manifests;
using Argosy.Images.Records;
using Argosy.Registry;

namespace Argosy.Engine.Builds.Caching;

/// <summary>
/// Finds caches: images that are here, images and caches in a registry, caches in a directory. One that is missing, damaged or somebody else's
/// is left out with a warning. Layers are not fetched yet.
/// </summary>
public sealed class CacheImporter(ImageStore images, ContentStore content, RegistryClient registries)
{
    /// <summary>Opens the caches of a build.</summary>
    internal async Task<CacheSources> OpenAsync(BuildCommand command, CancellationToken cancellationToken)
    {
        var sources = new CacheSources();
        try
        {
            foreach (string reference in command.CacheFrom)
                await AddAsync(sources, reference, () => OpenAsync(reference, command.Credentials, cancellationToken));
            foreach ((string name, string directory) in command.CacheDirectories.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                await AddAsync(sources, name, () => Task.FromResult(OpenDirectory(name, new LayoutDirectory(directory))));
            return sources;
        }
        catch
        {
            sources.Dispose();
            throw;
        }
    }

    private static async Task AddAsync(CacheSources sources, string name, Func<Task<CacheSource>> open)
    {
        try
        {
            sources.Add(await open());
        }
        catch (Exception exception) when (exception is EngineException or RegistryException or IOException)
        {
            sources.Warn($"cache {name} is left out: {exception.Message}");
        }
    }

    /// <summary>An image that is here goes before one of the name in its registry: dockerd looks for those alone.</summary>
    private async Task<CacheSource> OpenAsync(string reference, IReadOnlyDictionary<string, RegistryCredentials> credentials, CancellationToken cancellationToken)
    {
        if (images.TryResolve(reference, out ImageRecord? image))
            return new CacheSource(ImportedCache.OfImage(reference, content.ReadDocument(image.Id)), new Dictionary<Digest, PromisedLayer>());
        ImageReference name = ImageReference.Parse(reference);
        RegistrySession session = await registries.OpenAsync(name, credentials.GetValueOrDefault(name.Domain) ?? RegistryCredentials.Anonymous, RegistryAccess.Pull, cancellationToken);
        try
        {
            return await OpenAsync(reference, session, name.Digest?.ToString() ?? name.Tag!, cancellationToken);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static async Task<CacheSource> OpenAsync(string reference, RegistrySession session, string tag, CancellationToken cancellationToken)
    {
        RegistryManifest found = await session.GetManifestAsync(tag, cancellationToken);
        if (MediaTypes.IsIndex(ManifestKind.Of(found)))
        {
            Descriptor chosen = PlatformChoice.Choose(Documents.ParseIndex(found.Content), Platform.Host) ?? throw Foreign("an index without an image for this machine");
            found = await session.GetManifestAsync(chosen.Digest.ToString(), cancellationToken);
        }
        if (!MediaTypes.IsManifest(ManifestKind.Of(found)))
            throw Foreign($"a {ManifestKind.Of(found)}");
        ImageManifest manifest = Documents.ParseManifest(found.Content);
        byte[] config = await session.GetBlobAsync(manifest.Config.Digest, manifest.Config.Size, cancellationToken);
        return Describe(reference, manifest, config, layer => token => session.OpenBlobAsync(layer.Digest, layer.Size, token), session);
    }

    private static CacheSource OpenDirectory(string name, LayoutDirectory directory)
    {
        Descriptor entry = directory.ReadIndex().Manifests.LastOrDefault(entry => MediaTypes.IsManifest(entry.MediaType)) ?? throw Foreign("a layout without a manifest");
        ImageManifest manifest = Documents.ParseManifest(directory.ReadDocument(entry.Digest));
        byte[] config = directory.ReadDocument(manifest.Config.Digest);
        return Describe(name, manifest, config, layer => _ => Task.FromResult<Stream>(directory.OpenRead(layer.Digest)), null);
    }

    private static CacheSource Describe(string name, ImageManifest manifest, byte[] config, Func<Descriptor, Func<CancellationToken, Task<Stream>>> open, IDisposable? connection)
    {
        if (manifest.Config.MediaType == CacheDocument.MediaType)
        {
            CacheDocument document = CacheDocument.Parse(config);
            return new CacheSource(ImportedCache.Of(name, document), Layers(manifest, document.Layers, open), connection);
        }
        if (manifest.Config.MediaType is not (MediaTypes.OciConfig or MediaTypes.DockerConfig))
            throw Foreign($"content of another kind ({manifest.Config.MediaType})");
        CachedLayer[] layers = [.. ImageConfigFile.Parse(config).RootFs.DiffIds.Select(diffId => new CachedLayer(diffId, -1))];
        return new CacheSource(ImportedCache.OfImage(name, config), Layers(manifest, layers, open), connection);
    }

    private static Dictionary<Digest, PromisedLayer> Layers(ImageManifest manifest, IReadOnlyList<CachedLayer> layers, Func<Descriptor, Func<CancellationToken, Task<Stream>>> open)
    {
        if (layers.Count != manifest.Layers.Count)
            throw EngineException.Invalid($"its manifest has {manifest.Layers.Count} layers, its configuration {layers.Count}");
        var promised = new Dictionary<Digest, PromisedLayer>();
        foreach ((CachedLayer layer, Descriptor blob) in layers.Zip(manifest.Layers))
            promised[layer.DiffId] = new PromisedLayer(blob, layer.Size < 0 ? null : layer.Size, open(blob));
        return promised;
    }

    private static EngineException Foreign(string what) => EngineException.Invalid($"it is {what}, neither an image nor a cache of this engine");
}
