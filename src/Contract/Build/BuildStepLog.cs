using System.Text.Json.Serialization;

namespace Argosy.Contract.Build;

/// <summary>A piece of what a step's command has printed (BuildKit's VertexLog).</summary>
public sealed record BuildStepLog
{
    [JsonPropertyName("vertex")]
    public string Vertex { get; set; } = "";

    /// <summary>1 is standard output, 2 is standard error.</summary>
    [JsonPropertyName("stream")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Stream { get; init; }

    /// <summary>Bytes as they came; base64 in JSON.</summary>
    [JsonPropertyName("data")]
    public byte[] Data { get; set; } = [];

    [JsonPropertyName("timestamp")]
    public DateTimeOffset Timestamp { get; init; }
}
