using System.Text.Json;
using System.Text.Json.Serialization;

namespace Argosy.Build.Images;

/// <summary>An image's configuration blob (OCI image spec, config.md). What a base image has beyond it is kept as it is.</summary>
internal sealed record ImageDocument
{
    [JsonPropertyName("created")]
    public string? Created { get; set; }

    [JsonPropertyName("author")]
    public string? Author { get; set; }

    [JsonPropertyName("architecture")]
    public string Architecture { get; set; } = "";

    [JsonPropertyName("variant")]
    public string? Variant { get; set; }

    [JsonPropertyName("os")]
    public string Os { get; set; } = "";

    [JsonPropertyName("config")]
    public ImageSettings Config { get; set; } = new();

    [JsonPropertyName("rootfs")]
    public ImageRootfs Rootfs { get; set; } = new();

    [JsonPropertyName("history")]
    public List<HistoryEntry> History { get; set; } = [];

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Rest { get; set; }
}
