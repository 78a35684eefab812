namespace Argosy.Linux.Netlink;

/// <summary>Which part of the kernel a netlink socket talks to; linux/netlink.h.</summary>
public enum NetlinkProtocol
{
    /// <summary>Links, addresses, routes, neighbours; rtnetlink(7).</summary>
    Route = 0,

    /// <summary>Connection tracking and nf_tables.</summary>
    Netfilter = 12,
}
