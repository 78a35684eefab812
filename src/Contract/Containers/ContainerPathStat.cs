using System.Text.Json.Serialization;

namespace Argosy.Contract.Containers;

/// <summary>What the header <c>X-Docker-Container-Path-Stat</c> says of a path, as base64 of this JSON.</summary>
public sealed record ContainerPathStat
{
    [JsonPropertyName("name")]
    public string Name { get; set; } = "";

    [JsonPropertyName("size")]
    public long Size { get; init; }

    [JsonPropertyName("mode")]
    public long Mode { get; init; }

    [JsonPropertyName("mtime")]
    public DateTimeOffset ModifiedAt { get; init; }

    [JsonPropertyName("linkTarget")]
    public string LinkTarget { get; set; } = "";
}
