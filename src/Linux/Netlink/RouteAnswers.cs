using System.Net;
using System.Net.NetworkInformation;
using System.Runtime.InteropServices;

namespace Argosy.Linux.Netlink;

/// <summary>Reads rtnetlink's answers.</summary>
internal static class RouteAnswers
{
    private const byte Ipv4 = 2, Ipv6 = 10;
    private const ushort NewLink = 16, NewAddress = 20, NewRoute = 24;

    internal static Link? ReadLink(ushort type, ReadOnlySpan<byte> body)
    {
        const ushort address = 1, name = 3, mtu = 4, master = 10, info = 18, alias = 20;
        if (type != NewLink)
            return null;
        var header = MemoryMarshal.Read<LinkHeader>(body);
        var link = new Link(header.Index, "", (header.Flags & LinkHeader.Up) != 0, 0, "", PhysicalAddress.None, 0, "");
        for (var attributes = new NetlinkAttributes(body[Marshal.SizeOf<LinkHeader>()..]); attributes.Next();)
            link = attributes.Type switch
            {
                address => link with { Mac = new PhysicalAddress(attributes.Value.ToArray()) },
                name => link with { Name = attributes.Text },
                mtu => link with { Mtu = attributes.Int32 },
                master => link with { Master = attributes.Int32 },
                info => link with { Kind = ReadKind(attributes.Value) },
                alias => link with { Alias = attributes.Text },
                _ => link,
            };
        return link;
    }

    internal static (int Index, IPAddress Address, int PrefixLength)? ReadAddress(ushort type, ReadOnlySpan<byte> body)
    {
        const ushort prefixAddress = 1, localAddress = 2;
        if (type != NewAddress)
            return null;
        var header = MemoryMarshal.Read<AddressHeader>(body);
        if (header.Family is not (Ipv4 or Ipv6))
            return null;
        IPAddress? found = null;
        for (var attributes = new NetlinkAttributes(body[Marshal.SizeOf<AddressHeader>()..]); attributes.Next();)
            if (attributes.Type == localAddress || (attributes.Type == prefixAddress && found is null))
                found = new IPAddress(attributes.Value);
        return found is null ? null : (header.Index, found, header.PrefixLength);
    }

    /// <summary>Null for what is no destination of the main table, and for default routes: they cover everything and use nothing.</summary>
    internal static IPNetwork? ReadDestination(ushort type, ReadOnlySpan<byte> body)
    {
        const byte mainTable = 254;
        const ushort destination = 1;
        if (type != NewRoute)
            return null;
        var header = MemoryMarshal.Read<RouteHeader>(body);
        // A dump of all families has those of multicast and MPLS too, whose destinations are no addresses.
        if (header.Family is not (Ipv4 or Ipv6) || header.Table != mainTable || header.DestinationLength == 0)
            return null;
        for (var attributes = new NetlinkAttributes(body[Marshal.SizeOf<RouteHeader>()..]); attributes.Next();)
            if (attributes.Type == destination)
                return new IPNetwork(new IPAddress(attributes.Value), header.DestinationLength);
        return null;
    }

    private static string ReadKind(ReadOnlySpan<byte> info)
    {
        const ushort kind = 1;
        for (var attributes = new NetlinkAttributes(info); attributes.Next();)
            if (attributes.Type == kind)
                return attributes.Text;
        return "";
    }
}
