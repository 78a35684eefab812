using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Argosy.Core;

namespace Argosy.Images.Manifests;

/// <summary>Reads documents that others wrote.</summary>
public static class Documents
{
    /// <summary>No manifest, index or configuration is longer (4 MiB, the distribution spec's own limit).</summary>
    public const int SizeLimit = 4 * 1024 * 1024;

    /// <summary>Reads a manifest of one image; schema 1 and lists are refused.</summary>
    public static ImageManifest ParseManifest(ReadOnlySpan<byte> json)
    {
        ImageManifest manifest = Parse(json, ManifestJson.Default.ImageManifest, "image manifest");
        if (manifest.SchemaVersion != 2)
            throw EngineException.Invalid($"unsupported manifest schema version {manifest.SchemaVersion}");
        if (manifest.Config is null)
            throw EngineException.Invalid("invalid image manifest: config is null");
        RequireNoNull(manifest.Layers, "layers");
        foreach (Descriptor layer in manifest.Layers)
        {
            if (MediaTypes.IsForeignLayer(layer.MediaType))
                throw EngineException.Invalid($"layer {layer.Digest} is a foreign layer ({layer.MediaType}); foreign layers are not supported");
        }
        return manifest;
    }

    /// <summary>A manifest's bytes.</summary>
    public static byte[] Serialize(ImageManifest manifest) => JsonSerializer.SerializeToUtf8Bytes(manifest, ManifestJson.Wire.ImageManifest);

    /// <summary>The manifest with other layers in the same places.</summary>
    public static byte[] WithLayers(ReadOnlySpan<byte> manifest, IReadOnlyList<Descriptor> layers) =>
        JsonSerializer.SerializeToUtf8Bytes(ParseManifest(manifest) with { Layers = layers }, ManifestJson.Wire.ImageManifest);

    /// <summary>Reads an index or manifest list.</summary>
    public static ImageIndex ParseIndex(ReadOnlySpan<byte> json)
    {
        ImageIndex index = Parse(json, ManifestJson.Default.ImageIndex, "image index");
        RequireNoNull(index.Manifests, "manifests");
        return index;
    }

    /// <summary>A list that Go would read as one of empty values, and whose elements everybody takes to be there.</summary>
    internal static void RequireNoNull<T>(IEnumerable<T>? list, string name) where T : class
    {
        if (list?.Any(item => item is null) == true)
            throw EngineException.Invalid($"invalid image document: {name} has a null element");
    }

    internal static T Parse<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, string what) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw EngineException.Invalid($"the {what} is null");
        }
        catch (JsonException exception)
        {
            throw new EngineException(ErrorKind.InvalidArgument, $"invalid {what}: {exception.Message}", exception);
        }
    }
}
