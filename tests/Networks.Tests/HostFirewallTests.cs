using System.Net;
using Argosy.Core;
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

    [Fact]
    public async Task A_gate_that_somebody_flushed_is_whole_again()
    {
        await Shell.RunAsync("nft", "delete", "table", "ip", daemon.Instance);
        await Poll.UntilAsync(async () => await OutsideAsync(neighbour.HostAddress) == table, "the gate is whole again", TimeSpan.FromMinutes(1));
    }
}
