using System.Text.Json.Serialization;
using Argosy.Core;

namespace Argosy.Images.Manifests;

/// <summary>Which machine an index's manifest is for (OCI image spec, image-index.md).</summary>
public sealed record ManifestPlatform
{
    [JsonPropertyName("architecture")]
    public string Architecture { get; set => field = value ?? ""; } = "";

    [JsonPropertyName("os")]
    public string Os { get; set => field = value ?? ""; } = "";

    [JsonPropertyName("os.version")]
    public string? OsVersion { get; init; }

    [JsonPropertyName("variant")]
    public string? Variant { get; init; }

    /// <summary>In the engine's own words.</summary>
    public Platform ToPlatform() => new(Os, Architecture, string.IsNullOrEmpty(Variant) ? null : Variant);
}
