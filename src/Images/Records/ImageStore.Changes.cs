using System.Text.Json;
using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Images.Manifests;
using Argosy.Store;

namespace Argosy.Images.Records;

/// <content>Making, naming and deleting images.</content>
public sealed partial class ImageStore
{
    /// <summary>
    /// Makes an image of what is in the content and layer stores. An image that is here already keeps its names, and takes
    /// the manifest that came (the same configuration can come with other layer blobs).
    /// </summary>
    /// <exception cref="EngineException">Configuration and layers do not fit together, or a layer is not here.</exception>
    public async Task<ImageRecord> CreateAsync(NewImage image)
    {
        using Leases.Lease lease = leases.Begin();
        ImageRecord created = Describe(image, lease);
        await gate.WaitAsync();
        try
        {
            if (records.TryGet(created.Id.Hex, out ImageRecord? existing))
                created = Merge(existing, created, keepManifest: image.Manifest is null);
            await CommitAsync(created);
            return created;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Points a name at an image, away from any other.</summary>
    /// <returns>The image that had the name before; null when none had it, or this one has it already.</returns>
    public async Task<ImageRecord?> TagAsync(ImageReference name, Digest id)
    {
        await gate.WaitAsync();
        try
        {
            ImageRecord image = Get(id);
            string key = Key(name);
            ImageRecord? previous = names.TryGetValue(key, out Digest other) && other != id && records.TryGet(other.Hex, out ImageRecord? found) ? found : null;
            ImageRecord tagged = With(image, key) with { LastTagged = clock.GetUtcNow() };
            await CommitAsync(previous is null ? [tagged] : [tagged, Without(previous, key)]);
            names[key] = id;
            return previous;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Takes a name away from whatever image has it.</summary>
    /// <returns>The image as it is without it; null when no image had that name.</returns>
    public async Task<ImageRecord?> UntagAsync(ImageReference name)
    {
        await gate.WaitAsync();
        try
        {
            string key = Key(name);
            if (!names.TryGetValue(key, out Digest id) || !records.TryGet(id.Hex, out ImageRecord? image))
                return null;
            ImageRecord untagged = Without(image, key);
            await CommitAsync(untagged);
            names.TryRemove(key, out _);
            return untagged;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Deletes an image's record and names; its content goes with the next collection.</summary>
    public async Task DeleteAsync(Digest id)
    {
        await gate.WaitAsync();
        try
        {
            if (!records.TryGet(id.Hex, out ImageRecord? image))
                return;
            foreach (string name in image.Tags.Concat(image.Digests))
                names.TryRemove(name, out _);
            await records.DeleteAsync(id.Hex);
            WriteIndex();
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>After a crash: forgets images whose parts are not all here, and writes the layout's index anew.</summary>
    /// <returns>The images that were forgotten.</returns>
    internal async Task<IReadOnlyList<ImageRecord>> RecoverAsync()
    {
        List<ImageRecord> broken = [.. records.All.Where(image => !IsWhole(image))];
        foreach (ImageRecord image in broken)
            await DeleteAsync(image.Id);
        WriteIndex();
        return broken;
    }

    private bool IsWhole(ImageRecord image) =>
        content.Has(image.Id) && content.Has(image.Manifest.Digest)
        && image.Layers.All(layer => content.Has(layer.Digest)) && image.ChainIds.All(chain => layers.TryGet(chain, out _));

    private ImageRecord Get(Digest id) =>
        records.TryGet(id.Hex, out ImageRecord? image) ? image : throw EngineException.NotFound($"No such image: {id}");

    private static string Key(ImageReference name) => name.Digest is { } digest ? name.WithDigest(digest).ToString() : name.ToString();

    private static ImageRecord With(ImageRecord image, string key) => key.Contains('@', StringComparison.Ordinal)
        ? image with { Digests = [.. image.Digests.Append(key).Distinct().Order(StringComparer.Ordinal)] }
        : image with { Tags = [.. image.Tags.Append(key).Distinct().Order(StringComparer.Ordinal)] };

    private static ImageRecord Without(ImageRecord image, string key) => image with
    {
        Tags = [.. image.Tags.Where(name => name != key)],
        Digests = [.. image.Digests.Where(name => name != key)],
    };

    private static ImageRecord Merge(ImageRecord existing, ImageRecord created, bool keepManifest)
    {
        ImageRecord merged = created with
        {
            Tags = existing.Tags,
            Digests = existing.Digests,
            LastTagged = existing.LastTagged,
            Parent = existing.Parent ?? created.Parent,
        };
        return keepManifest ? merged with { Manifest = existing.Manifest, ConfigBlob = existing.ConfigBlob, Layers = existing.Layers } : merged;
    }

    private ImageRecord Describe(NewImage image, Leases.Lease lease)
    {
        lease.Add(Digest.Of(image.Config));
        ImageConfigFile config = ImageConfigFile.Parse(image.Config);
        if (config.RootFs.DiffIds.Count != image.Layers.Count)
            throw EngineException.Invalid($"the image's configuration has {config.RootFs.DiffIds.Count} layers, its manifest {image.Layers.Count}");
        IReadOnlyList<Digest> chains = ChainId.All(config.RootFs.DiffIds);
        Digest id = content.Put(image.Config);
        (Descriptor manifest, Descriptor configBlob) = StoreManifest(image, id, lease);
        return new ImageRecord
        {
            Id = id,
            Config = config.Config ?? new ImageConfig(),
            Architecture = config.Architecture,
            Os = config.Os,
            Variant = config.Variant,
            OsVersion = config.OsVersion,
            Created = config.Created,
            Author = config.Author,
            Comment = config.Comment,
            DockerVersion = config.DockerVersion,
            History = config.History ?? [],
            DiffIds = config.RootFs.DiffIds,
            ChainIds = chains,
            Manifest = manifest,
            ConfigBlob = configBlob,
            Layers = image.Layers,
            Size = chains.Sum(chain => layers.Get(chain).Size),
            Parent = image.Parent,
        };
    }

    private (Descriptor Manifest, Descriptor Config) StoreManifest(NewImage image, Digest id, Leases.Lease lease)
    {
        byte[] bytes = image.Manifest ?? JsonSerializer.SerializeToUtf8Bytes(MakeManifest(image, id), ManifestJson.Wire.ImageManifest);
        ImageManifest parsed = Documents.ParseManifest(bytes);
        if (parsed.Config.Digest != id)
            throw EngineException.Invalid($"the manifest's configuration is {parsed.Config.Digest}, the image's is {id}");
        lease.Add(Digest.Of(bytes));
        string mediaType = image.ManifestMediaType ?? parsed.MediaType ?? MediaTypes.OciManifest;
        return (new Descriptor { MediaType = mediaType, Digest = content.Put(bytes), Size = bytes.Length }, parsed.Config);
    }

    private static ImageManifest MakeManifest(NewImage image, Digest id) => new()
    {
        SchemaVersion = 2,
        MediaType = MediaTypes.OciManifest,
        Config = new Descriptor { MediaType = MediaTypes.OciConfig, Digest = id, Size = image.Config.Length },
        Layers = image.Layers,
    };

    private async Task CommitAsync(params IReadOnlyList<ImageRecord> changed)
    {
        await state.CommitAsync([.. changed.Select(image => records.Put(image.Id.Hex, image))]);
        WriteIndex();
    }

    /// <summary>The layout's index, for other tools: every manifest, once per name. Derived, so it is never read back.</summary>
    private void WriteIndex()
    {
        var index = new ImageIndex { MediaType = MediaTypes.OciIndex, Manifests = [.. records.All.OrderBy(image => image.Id.Hex, StringComparer.Ordinal).SelectMany(IndexEntries)] };
        AtomicFile.Write(Path.Combine(content.Root, "index.json"), JsonSerializer.SerializeToUtf8Bytes(index, ManifestJson.Wire.ImageIndex));
    }

    private static IEnumerable<Descriptor> IndexEntries(ImageRecord image)
    {
        Descriptor plain = image.Manifest with { Platform = new ManifestPlatform { Architecture = image.Architecture, Os = image.Os, Variant = image.Variant } };
        return image.Tags.Count == 0 ? [plain] : image.Tags.Select(tag => plain with
        {
            Annotations = new Dictionary<string, string> { ["org.opencontainers.image.ref.name"] = tag },
        });
    }
}
