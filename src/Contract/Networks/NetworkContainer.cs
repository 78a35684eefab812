using System.Text.Json.Serialization;

namespace Argosy.Contract.Networks;

/// <summary>A running container's end of a network.</summary>
public sealed record NetworkContainer
{
    public string Name { get; set; } = "";

    [JsonPropertyName("EndpointID")]
    public string EndpointId { get; set; } = "";

    public string MacAddress { get; set; } = "";

    public string IPv4Address { get; set; } = "";

    public string IPv6Address { get; set; } = "";
}
