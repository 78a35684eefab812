using System.Net;
using Argosy.Catalog.Dns;

namespace Argosy.Catalog.Tests;

public sealed class DnsReplyTests
{
    [Fact]
    public void A_question_is_read_in_lower_case_with_the_size_that_its_client_takes()
    {
        Assert.True(DnsQuery.TryParse(DnsMessages.Question("WEB.Front", DnsRecordType.A, 1232), out DnsQuery query, out _));
        Assert.Equal("web.front", query.Name);
        Assert.Equal(DnsRecordType.A, query.Type);
        Assert.Equal(1232, query.UdpSize);
        Assert.True(query.HasOption);
    }

    [Fact]
    public void A_message_that_ends_inside_its_name_is_a_format_error()
    {
        byte[] question = DnsMessages.Question("web", DnsRecordType.A);
        Assert.False(DnsQuery.TryParse(question.AsSpan(0, 15), out _, out DnsResponseCode refusal));
        Assert.Equal(DnsResponseCode.FormatError, refusal);
        Assert.False(DnsQuery.TryParse(question.AsSpan(0, question.Length - 2), out _, out _));
    }

    [Fact]
    public void Another_operation_than_a_query_is_not_implemented()
    {
        byte[] question = DnsMessages.Question("web", DnsRecordType.A);
        question[2] |= 0x28;
        Assert.False(DnsQuery.TryParse(question, out _, out DnsResponseCode refusal));
        Assert.Equal(DnsResponseCode.NotImplemented, refusal);
    }

    [Fact]
    public void Answers_begin_with_another_address_each_time()
    {
        byte[] question = DnsMessages.Question("web", DnsRecordType.A), reply = new byte[512];
        Assert.True(DnsQuery.TryParse(question, out DnsQuery query, out _));
        IPAddress[] addresses = [IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.2"), IPAddress.Parse("10.0.0.3")];
        int length = DnsReply.Addresses(question, query, addresses, 1, 512, reply);
        Assert.Equal([addresses[1], addresses[2], addresses[0]], DnsMessages.Addresses(reply.AsSpan(0, length), query.QuestionEnd));
        Assert.Equal(question[..2], reply[..2]);
        Assert.False(DnsMessages.IsTruncated(reply));
    }

    [Fact]
    public void More_addresses_than_a_datagram_takes_are_cut_off_and_it_says_so()
    {
        byte[] question = DnsMessages.Question("web", DnsRecordType.A), reply = new byte[4096];
        Assert.True(DnsQuery.TryParse(question, out DnsQuery query, out _));
        IPAddress[] addresses = [.. Enumerable.Range(1, 100).Select(last => IPAddress.Parse($"10.0.0.{last}"))];
        int length = DnsReply.Addresses(question, query, addresses, 0, query.UdpSize, reply);
        Assert.InRange(length, 400, 512);
        Assert.True(DnsMessages.IsTruncated(reply));
        Assert.Equal(100, DnsMessages.Addresses(reply.AsSpan(0, DnsReply.Addresses(question, query, addresses, 0, 4096, reply)), query.QuestionEnd).Count);
    }
}
