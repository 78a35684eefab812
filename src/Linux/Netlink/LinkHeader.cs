using System.Runtime.InteropServices;

namespace Argosy.Linux.Netlink;

/// <summary><c>struct ifinfomsg</c>; rtnetlink(7).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LinkHeader
{
    internal byte Family;
    internal byte Padding;
    internal ushort Type;
    internal int Index;
    internal uint Flags;
    internal uint Change;

    internal const uint Up = 1, NoArp = 0x80;
}
