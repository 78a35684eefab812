using System.Net;

namespace Argosy.Networks;

/// <summary>A network's subnet, resolved.</summary>
public sealed record SubnetRecord
{
    /// <summary>The subnet.</summary>
    public required IPNetwork Subnet { get; init; }

    /// <summary>The part that addresses are given from; null: all of it.</summary>
    public IPNetwork? Range { get; init; }

    /// <summary>The bridge's address.</summary>
    public required IPAddress Gateway { get; init; }

    /// <summary>Of which family it is.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsIpv6 => Subnet.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;

    /// <summary>Reserved addresses, by name.</summary>
    public IReadOnlyDictionary<string, IPAddress> Auxiliary { get; set; } = new Dictionary<string, IPAddress>();
}
