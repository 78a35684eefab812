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

    /// <summary>More of it, a line each; as <see cref="Short"/>.</summary>
    [JsonPropertyName("detail")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<byte[]>? Detail { get; init; }

    /// <summary>Where it is explained.</summary>
    [JsonPropertyName("url")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Url { get; init; }

    /// <summary>The file that it is about.</summary>
    [JsonPropertyName("sourceInfo")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BuildSourceInfo? Source { get; init; }

    /// <summary>Its lines.</summary>
    [JsonPropertyName("range")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<BuildSourceRange>? Range { get; init; }
}
