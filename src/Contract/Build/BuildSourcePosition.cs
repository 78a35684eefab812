using System.Text.Json.Serialization;

namespace Argosy.Contract.Build;

/// <summary>A place in a Dockerfile (BuildKit's Position).</summary>
public sealed record BuildSourcePosition
{
    /// <summary>From 1.</summary>
    [JsonPropertyName("line")]
    public int Line { get; init; }
}
