using System.Text.Json;
using Argosy.Images.Manifests;
using Argosy.Registry;

namespace Argosy.Engine.Images;

/// <summary>What a registry's document is: by its own word where it has one, which cannot be changed on the way, else by the header.</summary>
internal static class ManifestKind
{
    internal static string Of(RegistryManifest manifest)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(manifest.Content);
            JsonElement root = document.RootElement;
            if (root.TryGetProperty("mediaType", out JsonElement type) && type.GetString() is { Length: > 0 } own)
                return own;
            if (root.TryGetProperty("schemaVersion", out JsonElement version) && version.TryGetInt32(out int number) && number == 1)
                return MediaTypes.DockerSchema1;
            return root.TryGetProperty("manifests", out _) ? MediaTypes.OciIndex
                : root.TryGetProperty("layers", out _) ? MediaTypes.OciManifest : manifest.MediaType;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return manifest.MediaType;
        }
    }
}
