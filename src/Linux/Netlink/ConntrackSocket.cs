using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Argosy.Linux.Netlink;

/// <summary>The connection tracking table of one network namespace; linux/netfilter/nfnetlink_conntrack.h.</summary>
public sealed class ConntrackSocket : IDisposable
{
    private const ushort Subsystem = 1 << 8, GetEntry = Subsystem | 1, DeleteEntry = Subsystem | 2;
    private const ushort OriginalTuple = 1, Status = 3, TupleProtocol = 2, ProtocolNumber = 1, DestinationPort = 3, Nested = 0x8000;
    private const byte Ipv4 = 2, Tcp = 6, Udp = 17;
    private const uint HasDestinationNat = 1 << 5;

    private readonly NetlinkSocket socket;

    private ConntrackSocket(NetlinkSocket socket) => this.socket = socket;

    /// <summary>Opens one in the calling thread's network namespace.</summary>
    public static ConntrackSocket Open() => new(NetlinkSocket.Open(NetlinkProtocol.Netfilter));

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    /// <summary>
    /// Forgets the UDP flows to these ports: where a flow leads is decided by its first packet, whatever the rules become. Of TCP those that
    /// lead nowhere else: a connection that was refused before the port was published is remembered for ten seconds, and a client that gets
    /// the same port of its own again would be refused again.
    /// </summary>
    /// <returns>How many there were.</returns>
    public int Forget(IReadOnlySet<ushort> udpPorts, IReadOnlySet<ushort> tcpPorts)
    {
        var stale = new List<byte[]>();
        var header = new NetfilterHeader { Family = Ipv4 };
        socket.Query(new NetlinkBatch().Begin(GetEntry, NetlinkFlags.Dump, header), "list conntrack", null, (_, body) =>
        {
            (byte[]? tuple, uint status) = (null, 0);
            for (var attributes = new NetlinkAttributes(body[Marshal.SizeOf<NetfilterHeader>()..]); attributes.Next();)
                if (attributes.Type == OriginalTuple)
                    tuple = attributes.Value.ToArray();
                else if (attributes.Type == Status)
                    status = BinaryPrimitives.ReadUInt32BigEndian(attributes.Value);
            if (tuple is null)
                return;
            (byte protocol, ushort port) = DestinationOf(tuple);
            if ((protocol == Udp && udpPorts.Contains(port)) || (protocol == Tcp && (status & HasDestinationNat) == 0 && tcpPorts.Contains(port)))
                stale.Add(tuple);
        });
        return stale.Count(tuple => TryDelete(header, tuple));
    }

    private static (byte Protocol, ushort Port) DestinationOf(ReadOnlySpan<byte> tuple)
    {
        (byte protocol, ushort port) = (0, 0);
        for (var parts = new NetlinkAttributes(tuple); parts.Next();)
        {
            if (parts.Type != TupleProtocol)
                continue;
            for (var fields = new NetlinkAttributes(parts.Value); fields.Next();)
                if (fields.Type == ProtocolNumber)
                    protocol = fields.Value[0];
                else if (fields.Type == DestinationPort)
                    port = BinaryPrimitives.ReadUInt16BigEndian(fields.Value);
        }
        return (protocol, port);
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
