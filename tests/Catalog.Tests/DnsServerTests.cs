using Argosy.Catalog.Resolver;
using Argosy.Core;
using Argosy.Networks;
using Argosy.Networks.Companions;
using Argosy.Networks.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Argosy.Catalog.Tests;

/// <summary>Asks with the stock resolver tools from inside sandboxes.</summary>
[Trait("Needs", "Root")]
public sealed class DnsServerTests : IAsyncLifetime
{
    private readonly List<InProcessCompanion> resolvers = [];
    private string version = "1";
    private TestDaemon daemon = null!;
    private NetworkRecord front = null!;
    private NetworkRecord back = null!;

    public async Task InitializeAsync()
    {
        daemon = await StartAsync();
        front = await daemon.Networks.CreateAsync(new NetworkSpec { Name = "front" }, default);
        back = await daemon.Networks.CreateAsync(new NetworkSpec { Name = "back" }, default);
    }

    public async Task DisposeAsync()
    {
        await daemon.DisposeAsync();
        int alive = Alive;
        foreach (InProcessCompanion resolver in resolvers)
            await resolver.EndAllAsync();
        Assert.Equal(0, alive);
    }

    private int Alive => resolvers.Sum(resolver => resolver.Alive);

    private int Started => resolvers.Sum(resolver => resolver.Started);

    private Task<TestDaemon> StartAsync(NetworksOptions? options = null) =>
        TestDaemon.StartAsync(options, services => services.AddKeyedSingleton<ICompanionStarter>(ResolverProgram.Verb, (provider, _) => MakeResolver(provider)).AddCatalog(version));

    private ICompanionStarter MakeResolver(IServiceProvider provider)
    {
        string path = provider.GetRequiredService<DaemonPaths>().CompanionSocket(ResolverProgram.Verb), ownVersion = version;
        resolvers.Add(new InProcessCompanion(ending => ResolverProgram.RunAsync(path, ownVersion, NullLogger.Instance, ending)));
        return resolvers[^1];
    }

    private async Task<Sandbox> UpAsync(string name, NetworkRecord network, params string[] aliases) => await daemon.Networks.SetUpAsync(
        TestDaemon.Spec(name, []) with { Endpoints = [new EndpointSpec { Network = network.Id, Aliases = aliases }] }, default);

    private static async Task<string[]> DigAsync(Sandbox from, params string[] arguments)
    {
        (_, string output) = await Shell.InsideAsync(from, ["dig", "@127.0.0.11", "+short", "+time=2", "+tries=1", .. arguments]);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<string> StatusAsync(Sandbox from, params string[] arguments) =>
        (await Shell.InsideAsync(from, ["dig", "@127.0.0.11", "+time=2", "+tries=1", .. arguments])).Output;

    [Fact]
    public async Task Names_short_ids_aliases_and_network_names_resolve_over_both_transports()
    {
        Sandbox web = await UpAsync("web", front, "www"), client = await UpAsync("client", front);
        string[] expected = [web.Endpoints[0].Address!.ToString()];
        Assert.Equal(expected, await DigAsync(client, "web"));
        Assert.Equal(expected, await DigAsync(client, "WEB"));
        Assert.Equal(expected, await DigAsync(client, "www"));
        Assert.Equal(expected, await DigAsync(client, "web.front"));
        Assert.Equal(expected, await DigAsync(client, web.Container.Short));
        Assert.Equal(expected, await DigAsync(client, "+tcp", "web"));
        Assert.Equal(["web.front."], await DigAsync(client, "-x", expected[0]));
        Assert.Contains("status: NOERROR", await StatusAsync(client, "AAAA", "web"), StringComparison.Ordinal);
        Assert.Contains("ANSWER: 0", await StatusAsync(client, "AAAA", "web"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Containers_of_other_networks_have_no_name_until_they_are_connected()
    {
        Sandbox web = await UpAsync("web", front), other = await UpAsync("other", back);
        Assert.Contains("status: NXDOMAIN", await StatusAsync(other, "web"), StringComparison.Ordinal);
        Endpoint joined = await daemon.Networks.ConnectAsync(web.Container, new EndpointSpec { Network = back.Id }, default);
        Assert.Equal([joined.Address!.ToString()], await DigAsync(other, "web"));
        await daemon.Networks.DisconnectAsync(web.Container, back.Id, default);
        Assert.Contains("status: NXDOMAIN", await StatusAsync(other, "web"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_share_an_alias_answer_in_turn_but_for_those_that_are_told_not_to()
    {
        Sandbox one = await UpAsync("one", front, "api"), two = await UpAsync("two", front, "api"), client = await UpAsync("client", front);
        string[] both = [one.Endpoints[0].Address!.ToString(), two.Endpoints[0].Address!.ToString()];
        string[] first = await DigAsync(client, "api"), second = await DigAsync(client, "api");
        Assert.Equal(both.Order(), first.Order());
        Assert.NotEqual(first[0], second[0]);
        daemon.Sandboxes.SetAnswering(one.Container, false);
        await UntilAsync(async () => (await DigAsync(client, "api")).SequenceEqual([both[1]]));
        daemon.Sandboxes.SetAnswering(one.Container, true);
        await UntilAsync(async () => (await DigAsync(client, "api")).Length == 2);
    }

    [Fact]
    public async Task Other_names_are_forwarded_and_local_ones_are_not()
    {
        await using var upstream = FakeUpstream.Start();
        await daemon.DisposeAsync();
        daemon = await StartAsync(TestDaemon.OwnAddresses() with { Dns = [upstream.Address.ToString()] });
        NetworkRecord network = await daemon.Networks.CreateAsync(new NetworkSpec { Name = "front" }, default);
        Sandbox web = await UpAsync("web", network), client = await UpAsync("client", network);
        Assert.Equal(["192.0.2.7"], await DigAsync(client, "example.org"));
        Assert.Equal([web.Endpoints[0].Address!.ToString()], await DigAsync(client, "web"));
        Assert.Contains("NXDOMAIN", await StatusAsync(client, "nosuch.front"), StringComparison.Ordinal);
        Assert.Contains("NXDOMAIN", await StatusAsync(client, "-x", network.Subnets[0].Gateway.ToString()), StringComparison.Ordinal);
        Assert.Equal(["example.org"], upstream.Asked);
    }

    [Fact]
    public async Task A_container_of_an_internal_network_reaches_no_other_resolver_through_ours()
    {
        NetworkRecord closed = await daemon.Networks.CreateAsync(new NetworkSpec { Name = "closed", Internal = true }, default);
        Sandbox client = await UpAsync("client", closed);
        Assert.Contains("status: SERVFAIL", await StatusAsync(client, "example.org"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adopted_containers_keep_their_name_server_and_ended_ones_lose_theirs()
    {
        Sandbox web = await UpAsync("web", front), old = await UpAsync("old", front), client = await UpAsync("client", front);
        await daemon.RestartAsync([web.Container, client.Container]);
        Assert.Equal(1, Started);
        Assert.Equal([web.Endpoints[0].Address!.ToString()], await DigAsync(client, "web"));
        Assert.DoesNotContain("status: NOERROR", await StatusAsync(client, "old"), StringComparison.Ordinal);
        Assert.False(File.Exists(old.NamespacePath));
    }

    [Fact]
    public async Task A_resolver_that_was_killed_has_a_successor_that_knows_everything()
    {
        Sandbox web = await UpAsync("web", front), client = await UpAsync("client", front);
        await resolvers[^1].KillAsync();
        await UntilAsync(async () => (await DigAsync(client, "web")).SequenceEqual([web.Endpoints[0].Address!.ToString()]));
        Assert.Equal(2, Started);
    }

    [Fact]
    public async Task A_daemon_of_another_version_brings_its_own_resolver()
    {
        Sandbox web = await UpAsync("web", front), client = await UpAsync("client", front);
        version = "2";
        await daemon.RestartAsync([web.Container, client.Container]);
        Assert.Equal([web.Endpoints[0].Address!.ToString()], await DigAsync(client, "web"));
        Assert.Equal([0, 1], resolvers.Select(resolver => resolver.Alive));
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (int attempt = 0; !await condition(); attempt++)
        {
            Assert.True(attempt < 100, "it did not happen in time");
            await Task.Delay(20);
        }
    }

    [Fact]
    public async Task Names_of_a_network_with_IPv6_have_both_addresses_and_both_lead_back()
    {
        NetworkRecord dual = await daemon.Networks.CreateAsync(new NetworkSpec { Name = "dual", EnableIPv6 = true }, default);
        Sandbox web = await UpAsync("web", dual), client = await UpAsync("client", dual);
        string address6 = web.Endpoints[0].Address6!.ToString();
        Assert.Equal([web.Endpoints[0].Address!.ToString()], await DigAsync(client, "web", "A"));
        Assert.Equal([address6], await DigAsync(client, "web", "AAAA"));
        Assert.Equal(["web.dual."], await DigAsync(client, "-x", address6));
        Assert.Equal(["web.dual."], await DigAsync(client, "-x", web.Endpoints[0].Address!.ToString()));
        Assert.Contains("NXDOMAIN", await StatusAsync(client, "-x", dual.Ipv6!.Subnet.BaseAddress.ToString()[..^1] + "dead:beef"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Services_are_where_containers_say_and_only_those_that_answer()
    {
        async Task<Sandbox> ServeAsync(string name, params string[] ports) => await daemon.Networks.SetUpAsync(
            TestDaemon.Spec(name, []) with { Endpoints = [new EndpointSpec { Network = front.Id, Aliases = ["web"] }], ExposedPorts = ports }, default);
        Sandbox one = await ServeAsync("one", "80/tcp", "53/udp"), two = await ServeAsync("two", "80/tcp"), client = await UpAsync("client", front);
        string first = $"0 0 80 {one.Container.Short}.front.", second = $"0 0 80 {two.Container.Short}.front.";
        Assert.Equal(new[] { first, second }.Order(), (await DigAsync(client, "_80._tcp.web", "SRV")).Order());
        Assert.Equal([$"0 0 53 {one.Container.Short}.front."], await DigAsync(client, "_53._udp.WEB.front", "SRV"));
        Assert.Equal(3, (await DigAsync(client, "web", "SRV")).Length);
        Assert.Equal([one.Endpoints[0].Address!.ToString()], await DigAsync(client, $"{one.Container.Short}.front"));
        Assert.Contains("NXDOMAIN", await StatusAsync(client, "_443._tcp.web", "SRV"), StringComparison.Ordinal);
        Assert.Contains("NXDOMAIN", await StatusAsync(client, "_http._tcp.web", "SRV"), StringComparison.Ordinal);
        daemon.Sandboxes.SetAnswering(one.Container, false);
        string[] answer = [first];
        for (int tries = 0; tries < 100 && answer.Contains(first); tries++)
            answer = await DigAsync(client, "_80._tcp.web", "SRV");
        Assert.Equal([second], answer);
    }
}
