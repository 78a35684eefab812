namespace Argosy.Engine.Containers.Model;

/// <summary>What a container asks of one network (Engine API, EndpointSettings, the configuration half).</summary>
public sealed record EndpointSettings
{
    /// <summary>The network as the user named it; resolved at every start.</summary>
    public required string Network { get; init; }

    /// <summary>Additional names in that network.</summary>
    public IReadOnlyList<string> Aliases { get; set; } = [];

    /// <summary>Other containers of that network by names of its own: name:alias.</summary>
    public IReadOnlyList<string> Links { get; set; } = [];

    /// <summary>A fixed IPv4 address; null for any.</summary>
    public string? Ipv4Address { get; init; }

    /// <summary>A fixed IPv6 address; null for any.</summary>
    public string? Ipv6Address { get; init; }

    /// <summary>Further, link-local addresses.</summary>
    public IReadOnlyList<string> LinkLocalAddresses { get; set; } = [];

    /// <summary>Options of the network's driver, Docker's keys.</summary>
    public IReadOnlyDictionary<string, string> DriverOptions { get; set; } = new Dictionary<string, string>();

    /// <summary>A fixed MAC address; null for one made from the IP address.</summary>
    public string? MacAddress { get; init; }

    /// <summary>The endpoint with the highest priority gives the default route.</summary>
    public int GatewayPriority { get; init; }
}
