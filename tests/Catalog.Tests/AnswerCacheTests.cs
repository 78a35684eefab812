using System.Net;
using Argosy.Catalog.Dns;
using Argosy.Core;
using Argosy.Networks;

namespace Argosy.Catalog.Tests;

public sealed class AnswerCacheTests
{
    private static readonly NetworkId Front = NetworkId.New();
    private readonly SandboxDirectory directory = new();
    private readonly AnswerCache cache = new();
    private readonly byte[] reply = new byte[4096];

    private static Sandbox Container(string name, params string[] addresses) => new()
    {
        Container = ContainerId.New(),
        ContainerName = name,
        Hostname = name,
        NamespacePath = "",
        Endpoints = [.. addresses.Select(address => new Endpoint
        {
            Id = address,
            Network = Front,
            NetworkName = "front",
            Address = IPAddress.Parse(address),
            PrefixLength = 24,
            MacAddress = "",
            DnsNames = [name],
        })],
    };

    /// <summary>Remembers the present answer to a question.</summary>
    private void Learn(Sandbox asking, byte[] question)
    {
        LocalReply? answer = LocalReply.Find(new LocalNames(directory), asking, question);
        Assert.NotNull(answer);
        cache.Put(question, answer.Value, 0, reply);
    }

    private string[] Ask(byte[] question)
    {
        int length = cache.Write(question, reply);
        return length == 0 ? [] : [.. DnsMessages.Addresses(reply.AsSpan(0, length), question.Length).Select(address => address.ToString())];
    }

    [Fact]
    public void The_same_question_has_the_same_addresses_in_another_order_and_its_own_id()
    {
        Sandbox web = Container("web", "10.0.0.2", "10.0.0.3");
        directory.Put(web);
        byte[] question = DnsMessages.Question("web", DnsRecordType.A);
        cache.Renew(directory.Version, web);
        Assert.Empty(Ask(question));
        Learn(web, question);
        Assert.Equal(["10.0.0.2", "10.0.0.3"], Ask(question));
        question[0] ^= 0xff;
        Assert.Equal(["10.0.0.3", "10.0.0.2"], Ask(question));
        Assert.Equal(question[..2], reply[..2]);
        Assert.Equal(["10.0.0.2", "10.0.0.3"], Ask(question));
    }

    [Fact]
    public void Another_type_another_option_and_another_spelling_are_other_questions()
    {
        Sandbox web = Container("web", "10.0.0.2");
        directory.Put(web);
        cache.Renew(directory.Version, web);
        Learn(web, DnsMessages.Question("web", DnsRecordType.A));
        Assert.Empty(Ask(DnsMessages.Question("web", DnsRecordType.Aaaa)));
        Assert.Empty(Ask(DnsMessages.Question("web", DnsRecordType.A, 1232)));
        Assert.Empty(Ask(DnsMessages.Question("WEB", DnsRecordType.A)));
        Assert.Equal(["10.0.0.2"], Ask(DnsMessages.Question("web", DnsRecordType.A)));
    }

    [Fact]
    public void A_change_of_any_name_or_of_the_asking_container_forgets_everything()
    {
        Sandbox web = Container("web", "10.0.0.2");
        directory.Put(web);
        byte[] question = DnsMessages.Question("web", DnsRecordType.A);
        cache.Renew(directory.Version, web);
        Learn(web, question);
        directory.Put(Container("other", "10.0.0.9"));
        cache.Renew(directory.Version, web);
        Assert.Empty(Ask(question));
        Learn(web, question);
        cache.Renew(directory.Version, web with { Hostname = "another" });
        Assert.Empty(Ask(question));
    }

    [Fact]
    public void Answers_of_many_addresses_are_not_kept()
    {
        Sandbox web = Container("web", [.. Enumerable.Range(2, 9).Select(last => $"10.0.0.{last}")]);
        directory.Put(web);
        byte[] question = DnsMessages.Question("web", DnsRecordType.A);
        cache.Renew(directory.Version, web);
        Learn(web, question);
        Assert.Empty(Ask(question));
    }
}
