using System.Text.Json.Serialization;

namespace Argosy.Build.Cache;

/// <summary>The wire form of <see cref="CacheDocument"/>.</summary>
internal sealed record CacheFile
{
    [JsonPropertyName("version")]
    public int Version { get; set; }

    [JsonPropertyName("steps")]
    public List<CacheFileStep?>? Steps { get; set; }

    [JsonPropertyName("layers")]
    public List<CacheFileLayer?>? Layers { get; set; }
}
