using System.Text.Json.Serialization;

namespace Argosy.Contract.Build;

/// <summary>Lines of a Dockerfile (BuildKit's Range).</summary>
public sealed record BuildSourceRange
{
    [JsonPropertyName("start")]
    public BuildSourcePosition Start { get; set; } = new();

    [JsonPropertyName("end")]
    public BuildSourcePosition End { get; set; } = new();
}
