using System.Net.NetworkInformation;

namespace Argosy.Linux.Netlink;

/// <summary>A network device of one namespace.</summary>
/// <param name="Index">The kernel's number for it.</param>
/// <param name="Name">At most 15 characters.</param>
/// <param name="IsUp">Administratively up.</param>
/// <param name="Master">Index of the bridge it is a port of; 0 when of none.</param>
/// <param name="Kind">"veth", "bridge", …; empty for hardware.</param>
/// <param name="Mac">Its hardware address.</param>
/// <param name="Mtu">Bytes.</param>
/// <param name="Alias">Its ifalias, free text of up to 255 bytes; empty without one.</param>
public sealed record Link(int Index, string Name, bool IsUp, int Master, string Kind, PhysicalAddress Mac, int Mtu, string Alias);
