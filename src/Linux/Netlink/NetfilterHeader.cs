using System.Runtime.InteropServices;

namespace Argosy.Linux.Netlink;

/// <summary><c>struct nfgenmsg</c>; linux/netfilter/nfnetlink.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NetfilterHeader
{
    internal byte Family;
    internal byte Version;
    internal ushort Resource;
}
