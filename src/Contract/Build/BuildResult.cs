using System.Text.Json.Serialization;

namespace Argosy.Contract.Build;

/// <summary>The <c>aux</c> line of a build: the image's id.</summary>
public sealed record BuildResult
{
    [JsonPropertyName("ID")]
    public required string Id { get; init; }
}
