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
        if (!IsKnown(created))
            await disk.FlushAsync();
        await gate.WaitAsync();
        try
        {
            if (records.TryGet(created.Id.Hex, out ImageRecord? existing))
            {
                created = Merge(existing, created, keepManifest: image.Manifest is null);
                // A build that finds everything in the cache makes the image that is there: its record is on the device already.
                if (IsSame(existing, created))
                    return existing;
            }
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
            if (image.Tags.Contains(key))
                await state.CommitAsync(records.Put(tagged.Id.Hex, tagged));
            else
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
    public Task DeleteAsync(Digest id) => DeleteAsync(id, evenIfHeld: true);

    /// <summary>Deletes an image, unless a pull, build or load that is under way has made it or means to name it: then it stays.</summary>
    /// <returns>False when it stays.</returns>
    public Task<bool> TryDeleteAsync(Digest id) => DeleteAsync(id, evenIfHeld: false);

    private async Task<bool> DeleteAsync(Digest id, bool evenIfHeld)
    {
        await gate.WaitAsync();
        try
        {
            if (!records.TryGet(id.Hex, out ImageRecord? image))
                return true;
            if (!evenIfHeld && leases.IsHeld(id))
                return false;
            foreach (string name in image.Tags.Concat(image.Digests))
                names.TryRemove(name, out _);
            await records.DeleteAsync(id.Hex);
            WriteIndex();
            return true;
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

    /// <summary>Nothing of it is new, as when a build found every step in its cache: it is on the device already.</summary>
    private bool IsKnown(ImageRecord created) =>
        records.TryGet(created.Id.Hex, out ImageRecord? existing) && existing.Manifest.Digest == created.Manifest.Digest;

    private bool IsWhole(ImageRecord image) =>
        content.Has(image.Id) && content.Has(image.Manifest.Digest)
        && image.Layers.All(layer => content.Has(layer.Digest)) && image.ChainIds.All(chain => layers.TryGet(chain, out _));

    /// <summary>What is wrong with an image while nobody changes it; null when nothing is, or it is gone.</summary>
    internal async Task<string?> ConfirmFaultAsync(Digest id)
    {
        await gate.WaitAsync();
        try
        {
            return records.TryGet(id.Hex, out ImageRecord? image) ? FindFault(image) : null;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>What is wrong with an image's references; null when nothing is. Content is not read, but for its documents.</summary>
    internal string? FindFault(ImageRecord image)
    {
        foreach (Descriptor blob in image.Layers.Append(image.Manifest).Append(image.ConfigBlob))
        {
            if (!content.TryGetSize(blob.Digest, out long size))
                return $"blob {blob.Digest} is not here";
            if (size != blob.Size)
                return $"blob {blob.Digest} has {size} bytes where {blob.Size} belong";
        }
        if (image.ChainIds.FirstOrDefault(chain => !layers.TryGet(chain, out _)) is { Hex: not null } missing)
            return $"layer {missing} is not here";
        if (image.Tags.Concat(image.Digests).FirstOrDefault(name => !names.TryGetValue(name, out Digest id) || id != image.Id) is { } stolen)
            return $"its name {stolen} belongs to another image";
        return FindDocumentFault(image);
    }

    private string? FindDocumentFault(ImageRecord image)
    {
        try
        {
            ImageConfigFile config = ImageConfigFile.Parse(content.ReadDocument(image.Id));
            ImageManifest manifest = Documents.ParseManifest(content.ReadDocument(image.Manifest.Digest));
            bool fits = config.RootFs.DiffIds.SequenceEqual(image.DiffIds) && ChainId.All(image.DiffIds).SequenceEqual(image.ChainIds)
                && manifest.Config.Digest == image.Id && manifest.Layers.Select(layer => layer.Digest).SequenceEqual(image.Layers.Select(layer => layer.Digest));
            return fits ? null : "its record, configuration and manifest do not name the same layers";
        }
        catch (EngineException exception)
        {
            return exception.Message;
        }
    }

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

    private static bool IsSame(ImageRecord one, ImageRecord other) =>
        JsonSerializer.SerializeToUtf8Bytes(one, RecordJson.Default.ImageRecord).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(other, RecordJson.Default.ImageRecord));

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

    /// <summary>
    /// The layout's index, for other tools: every manifest, once per name. Derived, so it is never read back; written anew at every
    /// start, so it need not be on the device (an fsync can wait for everything that others have written).
    /// </summary>
    private void WriteIndex()
    {
        var index = new ImageIndex { MediaType = MediaTypes.OciIndex, Manifests = [.. records.All.OrderBy(image => image.Id.Hex, StringComparer.Ordinal).SelectMany(IndexEntries)] };
        AtomicFile.Write(Path.Combine(content.Root, "index.json"), JsonSerializer.SerializeToUtf8Bytes(index, ManifestJson.Wire.ImageIndex), flush: false);
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
