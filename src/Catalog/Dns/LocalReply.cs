using System.Net;
using System.Net.Sockets;
using Argosy.Networks;

namespace Argosy.Catalog.Dns;

/// <summary>The answer to a question that is for us to answer, before it is written.</summary>
internal readonly struct LocalReply
{
    private readonly DnsQuery query;
    private readonly DnsResponseCode code;
    private readonly LocalAnswer? answer;

    private LocalReply(DnsQuery query, DnsResponseCode code, LocalAnswer? answer) => (this.query, this.code, this.answer) = (query, code, answer);

    /// <summary>Null when others know.</summary>
    internal static LocalReply? Find(LocalNames names, Sandbox asking, ReadOnlySpan<byte> question)
    {
        if (!DnsQuery.TryParse(question, out DnsQuery query, out DnsResponseCode refusal))
            return new LocalReply(default, refusal, null);
        return names.Find(asking, query.Name, query.Type) switch
        {
            LocalAnswer.Addresses { All: var all } when OfType(all, query.Type) is { Count: > 0 } wanted => new LocalReply(query, DnsResponseCode.NoError, new LocalAnswer.Addresses(wanted)),
            LocalAnswer.Services { All.Count: > 0 } services when query.Type is DnsRecordType.Service or DnsRecordType.Any => new LocalReply(query, DnsResponseCode.NoError, services),
            LocalAnswer.Pointer pointer when query.Type is DnsRecordType.Pointer or DnsRecordType.Any => new LocalReply(query, DnsResponseCode.NoError, pointer),
            LocalAnswer.Addresses or LocalAnswer.Services or LocalAnswer.Pointer => new LocalReply(query, DnsResponseCode.NoError, LocalAnswer.NoSuchName.Instance),
            LocalAnswer.NoSuchName => new LocalReply(query, DnsResponseCode.NoSuchName, LocalAnswer.NoSuchName.Instance),
            _ => null,
        };
    }

    /// <summary>In how many orders it can be given.</summary>
    internal int Orders => answer switch
    {
        LocalAnswer.Addresses { All.Count: var count } => count,
        LocalAnswer.Services { All.Count: var count } => count,
        _ => 1,
    };

    /// <summary>Writes it.</summary>
    /// <param name="question">The message that was asked with.</param>
    /// <param name="order">Which of its records is first, counted round and round.</param>
    /// <param name="datagram">The client says how much it takes; all that fits otherwise.</param>
    /// <param name="reply">At least 4,096 bytes.</param>
    /// <returns>Its length.</returns>
    internal int Write(ReadOnlySpan<byte> question, uint order, bool datagram, Span<byte> reply)
    {
        int limit = datagram ? query.UdpSize : reply.Length;
        return answer switch
        {
            LocalAnswer.Addresses { All: var all } => DnsReply.Addresses(question, query, all, order, limit, reply),
            LocalAnswer.Services { All: var all } => DnsReply.Services(question, query, all, order, limit, reply),
            LocalAnswer.Pointer { Name: var name } => DnsReply.Pointer(question, query, name, reply),
            not null => DnsReply.Nothing(question, query, code, reply),
            null => DnsReply.Empty(question, 0, code, reply),
        };
    }

    private static IReadOnlyList<IPAddress> OfType(IReadOnlyList<IPAddress> addresses, DnsRecordType type) => type switch
    {
        DnsRecordType.A => [.. addresses.Where(address => address.AddressFamily == AddressFamily.InterNetwork)],
        DnsRecordType.Aaaa => [.. addresses.Where(address => address.AddressFamily == AddressFamily.InterNetworkV6)],
        DnsRecordType.Any => addresses,
        _ => [],
    };
}
