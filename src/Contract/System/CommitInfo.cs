using System.Text.Json.Serialization;

namespace Argosy.Contract.System;

/// <summary>The version of a program the engine runs.</summary>
public sealed record CommitInfo
{
    [JsonPropertyName("ID")]
    public string Id { get; set; } = "";
}
