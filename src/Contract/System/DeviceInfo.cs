using System.Text.Json.Serialization;

namespace Argosy.Contract.System;

/// <summary>A device found by a device driver.</summary>
public sealed record DeviceInfo
{
    public string Source { get; set; } = "";

    [JsonPropertyName("ID")]
    public string Id { get; set; } = "";
}
