using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Argosy.Catalog.Dns;

/// <summary>Writes answers to questions about local names.</summary>
internal static class DnsReply
{
    private const int ResponseFlag = 0x80, AuthoritativeFlag = 0x04, TruncatedFlag = 0x02, RecursionDesired = 0x01, RecursionAvailable = 0x80;

    /// <summary>Short: a container's health decides whether its name answers, and clients must see it soon.</summary>
    private const uint TimeToLiveSeconds = 1;

    /// <summary>An answer without records.</summary>
    /// <param name="message">The question; 12 bytes of it are enough.</param>
    /// <param name="questionEnd">Where the question ends; 0 when it could not be read.</param>
    /// <param name="code">What to say.</param>
    /// <param name="reply">Where the answer goes, at least 512 bytes.</param>
    /// <returns>The answer's length.</returns>
    internal static int Empty(ReadOnlySpan<byte> message, int questionEnd, DnsResponseCode code, Span<byte> reply)
    {
        message[..Math.Max(questionEnd, DnsQuery.HeaderSize)].CopyTo(reply);
        reply[2] = (byte)(ResponseFlag | (message[2] & (0x78 | RecursionDesired)));
        reply[3] = (byte)(RecursionAvailable | (int)code);
        reply[4..DnsQuery.HeaderSize].Clear();
        if (questionEnd == 0)
            return DnsQuery.HeaderSize;
        reply[5] = 1;
        return questionEnd;
    }

    /// <summary>Addresses of one name, beginning with the one at <paramref name="first"/>. What does not fit is left out, and the answer says so.</summary>
    internal static int Addresses(ReadOnlySpan<byte> message, in DnsQuery query, IReadOnlyList<IPAddress> addresses, uint first, int limit, Span<byte> reply)
    {
        int length = Empty(message, query.QuestionEnd, DnsResponseCode.NoError, reply), room = limit - (query.HasOption ? OptionSize : 0);
        ushort count = 0;
        for (; count < addresses.Count; count++)
        {
            IPAddress address = addresses[(int)((first + count) % (uint)addresses.Count)];
            bool ipv6 = address.AddressFamily == AddressFamily.InterNetworkV6;
            int size = ipv6 ? 16 : 4;
            if (length + RecordHeadSize + size > room)
                break;
            length += WriteRecordHead(reply[length..], ipv6 ? DnsRecordType.Aaaa : DnsRecordType.A, (ushort)size);
            address.TryWriteBytes(reply[length..], out _);
            length += size;
        }
        if (count < addresses.Count)
            reply[2] |= TruncatedFlag;
        return Finish(query, count, length, reply);
    }

    /// <summary>Where a name is served (RFC 2782), all alike in priority and weight: the order changes from answer to answer.</summary>
    internal static int Services(ReadOnlySpan<byte> message, in DnsQuery query, IReadOnlyList<ServicePort> services, uint first, int limit, Span<byte> reply)
    {
        const int fixedSize = 6, priority = 0, weight = 0;
        int length = Empty(message, query.QuestionEnd, DnsResponseCode.NoError, reply), room = limit - (query.HasOption ? OptionSize : 0);
        ushort count = 0;
        for (; count < services.Count; count++)
        {
            ServicePort service = services[(int)((first + count) % (uint)services.Count)];
            byte[] target = EncodeName(service.Target);
            if (length + RecordHeadSize + fixedSize + target.Length > room)
                break;
            length += WriteRecordHead(reply[length..], DnsRecordType.Service, (ushort)(fixedSize + target.Length));
            BinaryPrimitives.WriteUInt16BigEndian(reply[length..], priority);
            BinaryPrimitives.WriteUInt16BigEndian(reply[(length + 2)..], weight);
            BinaryPrimitives.WriteUInt16BigEndian(reply[(length + 4)..], service.Port);
            // Written out: a target in an SRV record is not compressed.
            target.CopyTo(reply[(length + fixedSize)..]);
            length += fixedSize + target.Length;
        }
        if (count < services.Count)
            reply[2] |= TruncatedFlag;
        return Finish(query, count, length, reply);
    }

    internal static int Pointer(ReadOnlySpan<byte> message, in DnsQuery query, string name, Span<byte> reply)
    {
        int length = Empty(message, query.QuestionEnd, DnsResponseCode.NoError, reply);
        byte[] encoded = EncodeName(name);
        length += WriteRecordHead(reply[length..], DnsRecordType.Pointer, (ushort)encoded.Length);
        encoded.CopyTo(reply[length..]);
        return Finish(query, 1, length + encoded.Length, reply);
    }

    /// <summary>A local name without such a record, or a local name that is none.</summary>
    internal static int Nothing(ReadOnlySpan<byte> message, in DnsQuery query, DnsResponseCode code, Span<byte> reply) =>
        Finish(query, 0, Empty(message, query.QuestionEnd, code, reply), reply);

    private const int OptionSize = 11, RecordHeadSize = 12;

    private static int Finish(in DnsQuery query, ushort count, int length, Span<byte> reply)
    {
        reply[2] |= AuthoritativeFlag;
        BinaryPrimitives.WriteUInt16BigEndian(reply[6..], count);
        if (!query.HasOption)
            return length;
        reply[11] = 1;
        Span<byte> option = reply.Slice(length, OptionSize);
        option.Clear();
        option[2] = (byte)DnsRecordType.Option;
        BinaryPrimitives.WriteUInt16BigEndian(option[3..], 4096);
        return length + OptionSize;
    }

    private static int WriteRecordHead(Span<byte> record, DnsRecordType type, ushort size)
    {
        // A pointer to the question's name: the answer has it as the client wrote it.
        BinaryPrimitives.WriteUInt16BigEndian(record, 0xC000 | DnsQuery.HeaderSize);
        BinaryPrimitives.WriteUInt16BigEndian(record[2..], (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(record[4..], 1);
        BinaryPrimitives.WriteUInt32BigEndian(record[6..], TimeToLiveSeconds);
        BinaryPrimitives.WriteUInt16BigEndian(record[10..], size);
        return RecordHeadSize;
    }

    private static byte[] EncodeName(string name)
    {
        var encoded = new List<byte>(name.Length + 2);
        foreach (string label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            byte[] bytes = Encoding.Latin1.GetBytes(label.Length > 63 ? label[..63] : label);
            encoded.Add((byte)bytes.Length);
            encoded.AddRange(bytes);
        }
        encoded.Add(0);
        return [.. encoded];
    }
}
