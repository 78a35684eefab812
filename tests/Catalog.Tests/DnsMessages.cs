using System.Buffers.Binary;
using System.Net;
using System.Text;
using Argosy.Catalog.Dns;

namespace Argosy.Catalog.Tests;

/// <summary>Writes questions and reads answers, independently of the code under test.</summary>
internal static class DnsMessages
{
    internal static byte[] Question(string name, DnsRecordType type, int? optionSize = null)
    {
        var message = new List<byte> { 0x12, 0x34, 0x01, 0, 0, 1, 0, 0, 0, 0, 0, (byte)(optionSize is null ? 0 : 1) };
        foreach (string label in name.Split('.'))
        {
            message.Add((byte)label.Length);
            message.AddRange(Encoding.ASCII.GetBytes(label));
        }
        message.AddRange([0, (byte)((int)type >> 8), (byte)type, 0, 1]);
        if (optionSize is { } size)
            message.AddRange([0, 0, 41, (byte)(size >> 8), (byte)size, 0, 0, 0, 0, 0, 0]);
        return [.. message];
    }

    internal static DnsResponseCode Code(ReadOnlySpan<byte> answer) => (DnsResponseCode)(answer[3] & 0xf);

    internal static bool IsTruncated(ReadOnlySpan<byte> answer) => (answer[2] & 2) != 0;

    /// <summary>The addresses of an answer whose records all point to the question's name.</summary>
    internal static IReadOnlyList<IPAddress> Addresses(ReadOnlySpan<byte> answer, int questionLength)
    {
        var addresses = new List<IPAddress>();
        for (int record = 0, offset = questionLength; record < BinaryPrimitives.ReadUInt16BigEndian(answer[6..]); record++, offset += 16)
            addresses.Add(new IPAddress(answer.Slice(offset + 12, 4)));
        return addresses;
    }
}
