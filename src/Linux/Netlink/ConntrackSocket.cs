using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Argosy.Linux.Netlink;

/// <summary>The connection tracking table of one network namespace; linux/netfilter/nfnetlink_conntrack.h.</summary>
public sealed class ConntrackSocket : IDisposable
{
    private const ushort Subsystem = 1 << 8, GetEntry = Subsystem | 1, DeleteEntry = Subsystem | 2;
    private const ushort OriginalTuple = 1, TupleProtocol = 2, ProtocolNumber = 1, DestinationPort = 3, Nested = 0x8000;
    private const byte Ipv4 = 2, Ipv6 = 10, Udp = 17;

    private readonly NetlinkSocket socket;

    private ConntrackSocket(NetlinkSocket socket) => this.socket = socket;

    /// <summary>Opens one in the calling thread's network namespace.</summary>
    public static ConntrackSocket Open() => new(NetlinkSocket.Open(NetlinkProtocol.Netfilter));

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    /// <summary>Forgets the UDP flows to these ports: where a flow leads is decided by its first packet, whatever the rules become.</summary>
    /// <returns>How many there were.</returns>
    public int ForgetUdp(IReadOnlySet<ushort> destinationPorts) => ForgetUdp(Ipv4, destinationPorts) + ForgetUdp(Ipv6, destinationPorts);

    private int ForgetUdp(byte family, IReadOnlySet<ushort> destinationPorts)
    {
        var stale = new List<byte[]>();
        var header = new NetfilterHeader { Family = family };
        socket.Query(new NetlinkBatch().Begin(GetEntry, NetlinkFlags.Dump, header), "list conntrack", null, (_, body) =>
        {
            for (var attributes = new NetlinkAttributes(body[Marshal.SizeOf<NetfilterHeader>()..]); attributes.Next();)
                if (attributes.Type == OriginalTuple && IsUdpTo(attributes.Value, destinationPorts))
                    stale.Add(attributes.Value.ToArray());
        });
        return stale.Count(tuple => TryDelete(header, tuple));
    }

    private static bool IsUdpTo(ReadOnlySpan<byte> tuple, IReadOnlySet<ushort> ports)
    {
        for (var parts = new NetlinkAttributes(tuple); parts.Next();)
        {
            if (parts.Type != TupleProtocol)
                continue;
            (byte protocol, ushort port) = (0, 0);
            for (var fields = new NetlinkAttributes(parts.Value); fields.Next();)
                if (fields.Type == ProtocolNumber)
                    protocol = fields.Value[0];
                else if (fields.Type == DestinationPort)
                    port = BinaryPrimitives.ReadUInt16BigEndian(fields.Value);
            return protocol == Udp && ports.Contains(port);
        }
        return false;
    }

    private bool TryDelete(NetfilterHeader header, byte[] tuple)
    {
        try
        {
            socket.Execute(new NetlinkBatch().Begin(DeleteEntry, NetlinkFlags.Acknowledge, header).Attribute(OriginalTuple | Nested, tuple), "delete conntrack", null);
            return true;
        }
        catch (LinuxException exception) when (exception.Error == Errno.NoEntry)
        {
            return false;
        }
    }
}
