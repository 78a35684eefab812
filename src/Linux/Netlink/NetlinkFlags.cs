namespace Argosy.Linux.Netlink;

/// <summary><c>nlmsg_flags</c>; linux/netlink.h.</summary>
[Flags]
internal enum NetlinkFlags : ushort
{
    None = 0,
    Request = 1,
    Acknowledge = 4,
    Replace = 0x100,
    Dump = 0x300,
    Exclusive = 0x200,
    Create = 0x400,
}
