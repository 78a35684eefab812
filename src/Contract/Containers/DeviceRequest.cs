using System.Text.Json.Serialization;

namespace Argosy.Contract.Containers;

/// <summary>A request to a device driver (GPUs).</summary>
public sealed record DeviceRequest
{
    public string Driver { get; set; } = "";

    public int Count { get; init; }

    [JsonPropertyName("DeviceIDs")]
    public IReadOnlyList<string>? DeviceIds { get; init; }

    public IReadOnlyList<IReadOnlyList<string>>? Capabilities { get; init; }

    public IReadOnlyDictionary<string, string>? Options { get; init; }
}
