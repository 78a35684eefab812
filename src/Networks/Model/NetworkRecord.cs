using Argosy.Core;

namespace Argosy.Networks;

/// <summary>A network; persisted under kind "network", and never changed after it was made.</summary>
public sealed record NetworkRecord
{
    /// <summary>Its id.</summary>
    public required NetworkId Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>"bridge", "macvlan", "ipvlan", "host" or "null".</summary>
    public required string Driver { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>No way out of it and none in.</summary>
    public bool Internal { get; init; }

    /// <summary>Shown as given.</summary>
    public bool Attachable { get; init; }

    /// <summary>User's labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; set; } = new Dictionary<string, string>();

    /// <summary>Driver options as given.</summary>
    public IReadOnlyDictionary<string, string> Options { get; set; } = new Dictionary<string, string>();

    /// <summary>Options of the address management as given.</summary>
    public IReadOnlyDictionary<string, string> IpamOptions { get; set; } = new Dictionary<string, string>();

    /// <summary>Of IPv4, of IPv6, or of both, one or several; none for host and none.</summary>
    public IReadOnlyList<SubnetRecord> Subnets { get; set; } = [];

    /// <summary>The user chose the IPv4 subnet, so containers may choose addresses.</summary>
    public bool HasChosenSubnet { get; init; }

    /// <summary>The same for IPv6.</summary>
    public bool HasChosenSubnet6 { get; init; }

    /// <summary>The bridge device's name; empty for other drivers.</summary>
    public string Bridge { get; set; } = "";

    /// <summary>The device of the host that macvlan and ipvlan devices are of; empty for other drivers.</summary>
    public string Parent { get; set; } = "";

    /// <summary>The parent came with the network, and goes with it.</summary>
    public bool MadeParent { get; init; }

    /// <summary>What it holds for others, if it is a configuration network; it has no device, subnet or container then.</summary>
    public NetworkConfiguration? Configuration { get; init; }

    /// <summary>The name of the configuration network that its settings came from; empty: none.</summary>
    public string ConfigFrom { get; init; } = "";

    /// <summary>Its first IPv4 subnet; null without any.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public SubnetRecord? Ipv4 => Subnets.FirstOrDefault(subnet => !subnet.IsIpv6);

    /// <summary>Its first IPv6 subnet; null without any.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public SubnetRecord? Ipv6 => Subnets.FirstOrDefault(subnet => subnet.IsIpv6);

    /// <summary>bridge, host, none.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsPredefined => Name is PredefinedNetworks.Bridge or PredefinedNetworks.Host or PredefinedNetworks.None;

    /// <summary>True on networks where containers resolve each other's names.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool ResolvesNames => Driver is "bridge" or "macvlan" or "ipvlan" && Name != PredefinedNetworks.Bridge;
}
