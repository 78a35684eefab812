using System.Text.Json.Serialization;

namespace Argosy.Contract.Containers;

/// <summary>A container's network state.</summary>
public sealed record NetworkSettings
{
    public string Bridge { get; set; } = "";

    [JsonPropertyName("SandboxID")]
    public string SandboxId { get; set; } = "";

    public string SandboxKey { get; set; } = "";

    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding>?>? Ports { get; init; }

    public bool HairpinMode { get; init; }

    public string LinkLocalIPv6Address { get; set; } = "";

    public int LinkLocalIPv6PrefixLen { get; init; }

    public IReadOnlyList<Address>? SecondaryIPAddresses { get; init; }

    public IReadOnlyList<Address>? SecondaryIPv6Addresses { get; init; }

    [JsonPropertyName("EndpointID")]
    public string EndpointId { get; set; } = "";

    public string Gateway { get; set; } = "";

    public string GlobalIPv6Address { get; set; } = "";

    public int GlobalIPv6PrefixLen { get; init; }

    public string IPAddress { get; set; } = "";

    public int IPPrefixLen { get; init; }

    public string IPv6Gateway { get; set; } = "";

    public string MacAddress { get; set; } = "";

    public IReadOnlyDictionary<string, EndpointSettings>? Networks { get; init; }
}
