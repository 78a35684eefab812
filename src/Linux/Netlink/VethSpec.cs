using System.Net.NetworkInformation;

namespace Argosy.Linux.Netlink;

/// <summary>A veth pair: one end is a port of a bridge here, the other is in another network namespace.</summary>
public sealed record VethSpec
{
    /// <summary>Name of the end that stays here.</summary>
    public required string HostName { get; init; }

    /// <summary>Its ifalias: says whose it is.</summary>
    public required string HostAlias { get; init; }

    /// <summary>Index of the bridge that it becomes a port of.</summary>
    public required int Bridge { get; init; }

    /// <summary>Name of the other end, in its namespace.</summary>
    public required string PeerName { get; init; }

    /// <summary>The other end's hardware address.</summary>
    public required PhysicalAddress PeerMac { get; init; }

    /// <summary>Both ends' MTU in bytes.</summary>
    public required int Mtu { get; init; }

    /// <summary>An isolated port does not reach other isolated ports of its bridge (Docker's ICC off).</summary>
    public bool Isolated { get; init; }
}
