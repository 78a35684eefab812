using System.Text.Json.Serialization;

namespace Argosy.Contract.Containers;

/// <summary>A counter of one block device and operation.</summary>
public sealed record BlkioStatEntry
{
    [JsonPropertyName("major")]
    public ulong Major { get; init; }

    [JsonPropertyName("minor")]
    public ulong Minor { get; init; }

    [JsonPropertyName("op")]
    public string Op { get; set; } = "";

    [JsonPropertyName("value")]
    public ulong Value { get; init; }
}
