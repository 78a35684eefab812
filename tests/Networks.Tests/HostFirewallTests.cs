using System.Net;
using System.Net.Sockets;
using System.Text;
using Argosy.Core;
using Argosy.Linux.Namespaces;
using Argosy.Linux.Netlink;
using Argosy.Testing;

namespace Argosy.Networks.Tests;

/// <summary>publish-policy host-firewall: an input rule of the host's decides who reaches published ports.</summary>
[Trait("Needs", "Root")]
public sealed class HostFirewallTests : IAsyncLifetime
{
    private readonly string table = "theirs" + RandomId.Next()[..6];
    private TestDaemon daemon = null!;
    private Neighbour neighbour = null!;
    private Sandbox web = null!;
    private Server server = null!;

    public async Task InitializeAsync()
    {
        neighbour = await Neighbour.StartAsync();
        daemon = await TestDaemon.StartAsync(Policy(new NetworksOptions(), decides: true));
        NetworkRecord dual = await daemon.Networks.CreateAsync(new NetworkSpec { Name = "dual", EnableIPv6 = true }, default);
        web = await daemon.Networks.SetUpAsync(TestDaemon.Spec("web", [dual], new PortBindingSpec(80, "tcp", null, 0)), default);
        server = await Server.StartAsync(web, 80, table);
    }

    public async Task DisposeAsync()
    {
        await AllowAsync();
        await server.DisposeAsync();
        await daemon.DisposeAsync();
        await neighbour.DisposeAsync();
        Assert.DoesNotContain(daemon.Instance, (await Shell.RunAsync("nft", "list", "tables")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(new KernelNames(daemon.Instance, null).Gate.Enter, (await Shell.RunAsync("ip", "-o", "link")).Output, StringComparison.Ordinal);
    }

    private static NetworksOptions Policy(NetworksOptions options, bool decides) => options with { HostFirewallDecides = decides };

    private ushort Port => web.Ports[0].HostPort;

    /// <summary>Adds a table of the host's own whose input chain drops what the rule matches.</summary>
    private async Task DropAsync(string match)
    {
        await AllowAsync();
        (int code, string output) = await Shell.RunAsync("nft", $"table inet {table} {{ chain in {{ type filter hook input priority filter; policy accept; {match} drop; }}; }}");
        Assert.True(code == 0, output);
    }

    private async Task AllowAsync() => await Shell.RunAsync("nft", $"add table inet {table}; delete table inet {table}");

    private Task<string> OutsideAsync(IPAddress address) => neighbour.GetAsync(address, Port);

    /// <summary>A connect that runs into its timeout has either name.</summary>
    private async Task AssertDroppedAsync(IPAddress address) => Assert.Contains(await OutsideAsync(address), (string[])["TimedOut", "WouldBlock"]);

    [Fact]
    public async Task What_the_hosts_input_rules_let_in_arrives_with_its_own_address()
    {
        Assert.Equal(table, await OutsideAsync(neighbour.HostAddress));
        Assert.Equal(table, await OutsideAsync(neighbour.HostAddress6));
        Assert.Equal(neighbour.Address, await neighbour.SourceSeenByAsync(web, neighbour.HostAddress, Port));
        Assert.Equal(neighbour.Address6, await neighbour.SourceSeenByAsync(web, neighbour.HostAddress6, Port));
    }

    [Fact]
    public async Task What_they_drop_does_not_arrive_until_they_let_it_in()
    {
        await DropAsync($"ip saddr {neighbour.Address} tcp dport {Port}");
        await AssertDroppedAsync(neighbour.HostAddress);
        Assert.Equal(table, await OutsideAsync(neighbour.HostAddress6));
        await DropAsync($"meta nfproto ipv6 tcp dport {Port}");
        Assert.Equal(table, await OutsideAsync(neighbour.HostAddress));
        await AssertDroppedAsync(neighbour.HostAddress6);
        await AllowAsync();
        Assert.Equal(table, await OutsideAsync(neighbour.HostAddress6));
    }

    [Fact]
    public async Task The_host_itself_and_containers_need_no_admission()
    {
        await DropAsync($"tcp dport {Port}");
        Assert.Equal(table, await Http.GetAsync(IPAddress.Loopback, Port));
        Assert.Equal(table, await Http.GetAsync(neighbour.HostAddress, Port));
        Assert.Equal(table, await Http.GetAsync(web, web.Endpoints[0].Gateway, Port));
        await AssertDroppedAsync(neighbour.HostAddress);
    }

    [Fact]
    public async Task A_port_at_one_address_is_admitted_there_and_one_that_is_taken_back_nowhere()
    {
        await daemon.Networks.ChangePortsAsync(web.Container, web.Ports, [new PortBindingSpec(80, "tcp", neighbour.HostAddress, 0)], default);
        Assert.True(daemon.Networks.TryGetSandbox(web.Container, out Sandbox? changed));
        ushort old = Port;
        web = changed;
        Assert.Equal(table, await OutsideAsync(neighbour.HostAddress));
        // At another address the same port may be another daemon's.
        await DropAsync($"iifname {neighbour.Cable} tcp dport {Port}");
        await AssertDroppedAsync(neighbour.HostAddress);
        Assert.NotEqual(table, await neighbour.GetAsync(neighbour.HostAddress, old));
    }

    [Fact]
    public async Task Another_policy_at_the_next_start_takes_the_gate_away_and_running_containers_stay()
    {
        await DropAsync($"tcp dport {Port}");
        await daemon.RestartAsync([web.Container], options => Policy(options, decides: false));
        Assert.Equal(table, await OutsideAsync(neighbour.HostAddress));
        await daemon.RestartAsync([web.Container], options => Policy(options, decides: true));
        await AssertDroppedAsync(neighbour.HostAddress);
        await AllowAsync();
        Assert.Equal(table, await OutsideAsync(neighbour.HostAddress));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_same_rules_decide_about_UDP(bool ipv6)
    {
        NetworkRecord network = daemon.Networks.Find("dual");
        Sandbox echo = await daemon.Networks.SetUpAsync(TestDaemon.Spec("echo", [network], new PortBindingSpec(7000, "udp", null, 0)), default);
        IPAddress any = ipv6 ? IPAddress.IPv6Any : IPAddress.Any;
        using UdpClient server = NetworkNamespace.Run(echo.NamespacePath, () => new UdpClient(new IPEndPoint(any, 7000)));
        using UdpClient client = neighbour.Inside(() => new UdpClient(new IPEndPoint(any, 0)));
        var asked = new IPEndPoint(ipv6 ? neighbour.HostAddress6 : neighbour.HostAddress, echo.Ports[0].HostPort);

        await DropAsync($"iifname {neighbour.Cable} udp dport {asked.Port}");
        await client.SendAsync(Encoding.ASCII.GetBytes("dropped"), asked);
        // The host's own packet comes behind it, and is the first to arrive.
        using var host = new UdpClient(asked.AddressFamily);
        await host.SendAsync(Encoding.ASCII.GetBytes("host"), asked);
        Assert.Equal("host", (await ReceiveAsync(server)).Text);

        // Two at once: the second one does not wait for the first one's way through the gate, and each arrives once.
        await AllowAsync();
        foreach (string text in (string[])["first", "second"])
            await client.SendAsync(Encoding.ASCII.GetBytes(text), asked);
        (string one, IPEndPoint from) = await ReceiveAsync(server);
        (string two, _) = await ReceiveAsync(server);
        Assert.Equal(["first", "second"], new[] { one, two }.Order());
        Assert.Equal(ipv6 ? neighbour.Address6 : neighbour.Address, from.Address);
        await server.SendAsync(Encoding.ASCII.GetBytes("answer"), from);
        Assert.Equal(("answer", asked), await ReceiveAsync(client));

        // What was admitted stays so; the next client's is a question of its own.
        await DropAsync($"iifname {neighbour.Cable} udp dport {asked.Port}");
        using UdpClient next = neighbour.Inside(() => new UdpClient(new IPEndPoint(any, 0)));
        await next.SendAsync(Encoding.ASCII.GetBytes("dropped"), asked);
        await client.SendAsync(Encoding.ASCII.GetBytes("third"), asked);
        Assert.Equal("third", (await ReceiveAsync(server)).Text);
        Assert.Equal(0, server.Available);
        await daemon.Networks.TearDownAsync(echo.Container);
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("1", false)]
    [InlineData("2", true)]
    public void A_host_that_drops_what_comes_out_of_the_gate_is_refused_before_anything_is_made(string filter, bool works)
    {
        string path = "/run/netns/g" + RandomId.Next()[..8];
        var gate = new HostGate("gate-in", "gate-out");
        IReadOnlyList<Link> links = NetworkNamespace.Create(path, () =>
        {
            HostSettings.Write("net/ipv4/conf/all/rp_filter", filter);
            using RouteSocket host = RouteSocket.Open();
            if (works)
                gate.Ensure(host, "argosy:gate");
            else
                Assert.Equal("publish-policy host-firewall needs net.ipv4.conf.all.rp_filter to be 0 or 2; it is 1", Assert.Throws<EngineException>(() => gate.Ensure(host, "argosy:gate")).Message);
            return host.ListLinks();
        });
        NetworkNamespace.Delete(path);
        Assert.Equal(works ? ["gate-in", "gate-out"] : [], links.Select(link => link.Name).Where(name => name != "lo").Order());
    }

    private static async Task<(string Text, IPEndPoint From)> ReceiveAsync(UdpClient socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        UdpReceiveResult received = await socket.ReceiveAsync(patience.Token);
        return (Encoding.ASCII.GetString(received.Buffer), received.RemoteEndPoint);
    }

    [Fact]
    public async Task A_gate_that_somebody_flushed_is_whole_again()
    {
        await Shell.RunAsync("nft", "delete", "table", "ip", daemon.Instance);
        await Poll.UntilAsync(async () => await OutsideAsync(neighbour.HostAddress) == table, "the gate is whole again", TimeSpan.FromMinutes(1));
    }
}
