using System.Text.Json.Serialization;

namespace Argosy.Contract.Progress;

/// <summary>Why the operation failed.</summary>
public sealed record ProgressError
{
    [JsonPropertyName("code")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Code { get; init; }

    [JsonPropertyName("message")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; }
}
