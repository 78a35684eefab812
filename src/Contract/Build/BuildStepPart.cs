using System.Text.Json.Serialization;

namespace Argosy.Contract.Build;

/// <summary>How far a part of a step is (BuildKit's VertexStatus).</summary>
public sealed record BuildStepPart
{
    [JsonPropertyName("id")]
    public string Id { get; set; } = "";

    [JsonPropertyName("vertex")]
    public string Vertex { get; set; } = "";

    [JsonPropertyName("name")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    [JsonPropertyName("total")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Total { get; init; }

    [JsonPropertyName("current")]
    public long Current { get; init; }

    [JsonPropertyName("timestamp")]
    public DateTimeOffset Timestamp { get; init; }

    [JsonPropertyName("started")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Started { get; init; }

    [JsonPropertyName("completed")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Completed { get; init; }
}
