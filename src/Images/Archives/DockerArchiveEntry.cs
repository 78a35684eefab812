using System.Text.Json.Serialization;

namespace Argosy.Images.Archives;

/// <summary>One image in a docker-archive's <c>manifest.json</c> (Docker image spec v1.2, "combined image JSON and filesystem changeset format").</summary>
internal sealed record DockerArchiveEntry
{
    [JsonPropertyName("Config")]
    public required string Config { get; init; }

    [JsonPropertyName("RepoTags")]
    public IReadOnlyList<string>? RepoTags { get; init; }

    [JsonPropertyName("Layers")]
    public required IReadOnlyList<string> Layers { get; init; }
}
