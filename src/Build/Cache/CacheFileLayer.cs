using System.Text.Json.Serialization;

namespace Argosy.Build.Cache;

/// <summary>The wire form of <see cref="CachedLayer"/>.</summary>
internal sealed record CacheFileLayer
{
    [JsonPropertyName("diffId")]
    public string? DiffId { get; set; }

    [JsonPropertyName("size")]
    public long Size { get; set; }
}
