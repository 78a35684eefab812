namespace Argosy.Linux.Netlink;

/// <summary>What an ipvlan forwards by; enum ipvlan_mode of linux/if_link.h.</summary>
public enum IpvlanMode
{
    /// <summary>Frames: ARP and broadcasts are answered inside.</summary>
    L2 = 0,

    /// <summary>Packets: the parent's namespace routes.</summary>
    L3 = 1,

    /// <summary>The same, and the parent's firewall sees them.</summary>
    L3Symmetric = 2,
}
