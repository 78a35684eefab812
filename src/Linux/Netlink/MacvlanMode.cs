namespace Argosy.Linux.Netlink;

/// <summary>Who reaches whom on a macvlan; enum macvlan_mode of linux/if_link.h.</summary>
public enum MacvlanMode
{
    /// <summary>Nobody another device of the same parent.</summary>
    Private = 1,

    /// <summary>Others by way of the switch outside.</summary>
    Vepa = 2,

    /// <summary>Others directly.</summary>
    Bridge = 4,

    /// <summary>The only device of its parent, with the parent's hardware address.</summary>
    Passthru = 8,
}
