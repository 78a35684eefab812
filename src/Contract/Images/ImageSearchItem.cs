using System.Text.Json.Serialization;

namespace Argosy.Contract.Images;

/// <summary>A repository that <c>GET /images/search</c> found.</summary>
public sealed record ImageSearchItem
{
    [JsonPropertyName("star_count")]
    public int StarCount { get; init; }

    [JsonPropertyName("is_official")]
    public bool IsOfficial { get; init; }

    [JsonPropertyName("name")]
    public string Name { get; set; } = "";

    [JsonPropertyName("is_automated")]
    public bool IsAutomated { get; init; }

    [JsonPropertyName("description")]
    public string Description { get; set; } = "";
}
