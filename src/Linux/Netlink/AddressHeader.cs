using System.Runtime.InteropServices;

namespace Argosy.Linux.Netlink;

/// <summary><c>struct ifaddrmsg</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AddressHeader
{
    internal byte Family;
    internal byte PrefixLength;
    internal byte Flags;
    internal byte Scope;
    internal int Index;
}
