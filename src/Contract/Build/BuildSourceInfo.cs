using System.Text.Json.Serialization;

namespace Argosy.Contract.Build;

/// <summary>A Dockerfile (BuildKit's SourceInfo).</summary>
public sealed record BuildSourceInfo
{
    [JsonPropertyName("filename")]
    public string FileName { get; set; } = "";

    /// <summary>UTF-8 text; base64 in JSON.</summary>
    [JsonPropertyName("data")]
    public byte[] Data { get; set; } = [];

    [JsonPropertyName("language")]
    public string Language { get; set; } = "Dockerfile";
}
