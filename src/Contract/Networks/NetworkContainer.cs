using System.Text.Json.Serialization;

namespace Argosy.Contract.Networks;

/// <summary>A running container's end of a network.</summary>
public sealed record NetworkContainer
{
    public string Name { get; init; } = "";

    [JsonPropertyName("EndpointID")]
    public string EndpointId { get; init; } = "";

    public string MacAddress { get; init; } = "";

    public string IPv4Address { get; init; } = "";

    public string IPv6Address { get; init; } = "";
}
