using System.Buffers.Binary;

namespace Argosy.Catalog.Dns;

/// <summary>A question as it came; RFC 1035, 4.1, and RFC 6891 for the size of the answer.</summary>
internal readonly record struct DnsQuery
{
    internal const int HeaderSize = 12, PlainUdpSize = 512, MaxNameLength = 255;

    /// <summary>Lower case, labels joined by dots, no dot at the end.</summary>
    internal string Name { get; private init; }

    internal DnsRecordType Type { get; private init; }

    /// <summary>Where the question ends in the message.</summary>
    internal int QuestionEnd { get; private init; }

    /// <summary>How many bytes the client can take in one datagram.</summary>
    internal int UdpSize { get; private init; }

    internal bool HasOption { get; private init; }

    internal static int Id(ReadOnlySpan<byte> message) => BinaryPrimitives.ReadUInt16BigEndian(message);

    /// <summary>False with the code to answer; the message is at least a header long.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> message, out DnsQuery query, out DnsResponseCode refusal)
    {
        const int operationMask = 0x78;
        query = default;
        refusal = (message[2] & operationMask) == 0 ? DnsResponseCode.FormatError : DnsResponseCode.NotImplemented;
        if (refusal != DnsResponseCode.FormatError || BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != 1)
            return false;
        if (!TryReadName(message, HeaderSize, out string name, out int end) || message.Length < end + 4)
            return false;
        var type = (DnsRecordType)BinaryPrimitives.ReadUInt16BigEndian(message[end..]);
        int? size = ReadOptionSize(message, end + 4);
        query = new DnsQuery { Name = name, Type = type, QuestionEnd = end + 4, HasOption = size is not null, UdpSize = Math.Clamp(size ?? 0, PlainUdpSize, 4096) };
        refusal = DnsResponseCode.NoError;
        return true;
    }

    /// <summary>Reads a name that is not compressed; a question's never is.</summary>
    private static bool TryReadName(ReadOnlySpan<byte> message, int offset, out string name, out int end)
    {
        Span<char> text = stackalloc char[MaxNameLength + 1];
        int length = 0;
        for (end = offset; end < message.Length && message[end] != 0; end += 1 + message[end])
        {
            int label = message[end];
            if (label > 63 || end + 1 + label >= message.Length || length + label + 1 > MaxNameLength)
                break;
            if (length > 0)
                text[length++] = '.';
            foreach (byte character in message.Slice(end + 1, label))
                // A dot inside a label is no separator; no name of ours has one.
                text[length++] = character == '.' ? '\uFFFF' : char.ToLowerInvariant((char)character);
        }
        bool complete = end < message.Length && message[end] == 0;
        name = complete ? new string(text[..length]) : "";
        end++;
        return complete;
    }

    /// <summary>The OPT record's UDP payload size, when the first additional record is one.</summary>
    private static int? ReadOptionSize(ReadOnlySpan<byte> message, int offset)
    {
        bool onlyAdditional = BinaryPrimitives.ReadUInt32BigEndian(message[6..]) == 0 && BinaryPrimitives.ReadUInt16BigEndian(message[10..]) > 0;
        if (!onlyAdditional || message.Length < offset + 11 || message[offset] != 0)
            return null;
        return BinaryPrimitives.ReadUInt16BigEndian(message[(offset + 1)..]) == (int)DnsRecordType.Option
            ? BinaryPrimitives.ReadUInt16BigEndian(message[(offset + 3)..])
            : null;
    }
}
