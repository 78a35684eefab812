using System.Text.Json.Serialization;

namespace Argosy.Contract.System;

/// <summary>What an event is about.</summary>
public sealed record EventActor
{
    [JsonPropertyName("ID")]
    public string Id { get; set; } = "";

    public IReadOnlyDictionary<string, string>? Attributes { get; init; }
}
