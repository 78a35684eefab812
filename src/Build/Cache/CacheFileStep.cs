using System.Text.Json.Serialization;

namespace Argosy.Build.Cache;

/// <summary>The wire form of <see cref="CachedStep"/>.</summary>
internal sealed record CacheFileStep
{
    [JsonPropertyName("key")]
    public string? Key { get; set; }

    [JsonPropertyName("parent")]
    public string? Parent { get; set; }

    [JsonPropertyName("diffId")]
    public string? DiffId { get; set; }

    [JsonPropertyName("size")]
    public long Size { get; set; }

    [JsonPropertyName("created")]
    public DateTimeOffset Created { get; set; }

    [JsonPropertyName("createdBy")]
    public string? CreatedBy { get; set; }
}
