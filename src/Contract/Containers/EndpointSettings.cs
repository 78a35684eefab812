using System.Text.Json.Serialization;

namespace Argosy.Contract.Containers;

/// <summary>A container's end of a network: what was asked for, and what it got.</summary>
public sealed record EndpointSettings
{
    [JsonPropertyName("IPAMConfig")]
    public EndpointIpamConfig? IpamConfig { get; init; }

    public IReadOnlyList<string>? Links { get; init; }

    public IReadOnlyList<string>? Aliases { get; init; }

    public string MacAddress { get; set; } = "";

    public IReadOnlyDictionary<string, string>? DriverOpts { get; init; }

    public int GwPriority { get; init; }

    [JsonPropertyName("NetworkID")]
    public string NetworkId { get; set; } = "";

    [JsonPropertyName("EndpointID")]
    public string EndpointId { get; set; } = "";

    public string Gateway { get; set; } = "";

    public string IPAddress { get; set; } = "";

    public int IPPrefixLen { get; init; }

    public string IPv6Gateway { get; set; } = "";

    public string GlobalIPv6Address { get; set; } = "";

    public int GlobalIPv6PrefixLen { get; init; }

    [JsonPropertyName("DNSNames")]
    public IReadOnlyList<string>? DnsNames { get; init; }
}
