using System.Text.Json.Serialization;

namespace Argosy.Contract.Build;

/// <summary>What is odd and does not stop the build (BuildKit's VertexWarning).</summary>
public sealed record BuildWarning
{
    [JsonPropertyName("level")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Level { get; init; }

    /// <summary>UTF-8 text; base64 in JSON.</summary>
    [JsonPropertyName("short")]
    public byte[] Short { get; set; } = [];
}
