using System.Text.Json.Serialization;

namespace Argosy.Contract.Images;

/// <summary>What this engine knows of an image beside its content.</summary>
public sealed record ImageMetadata
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LastTagTime { get; init; }
}
