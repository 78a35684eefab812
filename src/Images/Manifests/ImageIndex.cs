using System.Text.Json.Serialization;

namespace Argosy.Images.Manifests;

/// <summary>A list of manifests (OCI image spec, image-index.md; Docker's manifest list).</summary>
public sealed record ImageIndex
{
    [JsonPropertyName("schemaVersion")]
    public int SchemaVersion { get; set; } = 2;

    [JsonPropertyName("mediaType")]
    public string? MediaType { get; init; }

    [JsonPropertyName("manifests")]
    public required IReadOnlyList<Descriptor> Manifests { get; init => field = value ?? []; }
}
