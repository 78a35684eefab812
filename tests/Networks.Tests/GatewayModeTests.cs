using System.Net;
using Argosy.Core;

namespace Argosy.Networks.Tests;

[Trait("Needs", "Root")]
public sealed class GatewayModeTests : IAsyncLifetime
{
    private const string Key = "com.docker.network.bridge.";
    private TestDaemon daemon = null!;

    public async Task InitializeAsync() => daemon = await TestDaemon.StartAsync();

    public async Task DisposeAsync() => await daemon.DisposeAsync();

    private Task<NetworkRecord> CreateAsync(string mode, bool isInternal = false, bool ipv6 = false) => daemon.Networks.CreateAsync(new NetworkSpec
    {
        Name = "n",
        Internal = isInternal,
        EnableIPv6 = ipv6,
        Options = new Dictionary<string, string> { [Key + "gateway_mode_ipv4"] = mode, [Key + "gateway_mode_ipv6"] = mode },
    }, default);

    [Fact]
    public async Task Routed_opens_published_ports_at_the_containers_address_and_no_others_and_hides_nobody()
    {
        await using var neighbour = await Neighbour.StartAsync();
        NetworkRecord network = await CreateAsync("routed", ipv6: true);
        Sandbox web = await daemon.Networks.SetUpAsync(TestDaemon.Spec("web", [network], new PortBindingSpec(80, "tcp", null, 0)), default);
        await using Server server = await Server.StartAsync(web, 80, "hello"), secret = await Server.StartAsync(web, 81, "secret");
        await neighbour.RouteAsync(network.Ipv4!.Subnet);
        await neighbour.RouteAsync(network.Ipv6!.Subnet);
        (IPAddress address, IPAddress address6) = (web.Endpoints[0].Address!, web.Endpoints[0].Address6!);
        Assert.All(web.Ports, port => Assert.Equal(0, port.HostPort));
        Assert.Equal("hello", await neighbour.GetAsync(address, 80));
        Assert.Equal("hello", await neighbour.GetAsync(address6, 80));
        Assert.NotEqual("secret", await neighbour.GetAsync(address, 81));
        Assert.NotEqual("secret", await neighbour.GetAsync(address6, 81));
        Assert.Equal(neighbour.Address, await neighbour.SourceSeenByAsync(web, address, 80));
        // Out goes its own address: whoever has no route back does not answer.
        await neighbour.ForgetRouteAsync(network.Ipv4.Subnet);
        Assert.NotEqual(0, (await Shell.InsideAsync(web, "busybox", "ping", "-c", "1", "-W", "1", neighbour.Address.ToString())).Code);
    }

    [Fact]
    public async Task Nat_unprotected_opens_every_port_to_whoever_has_a_route()
    {
        await using var neighbour = await Neighbour.StartAsync();
        NetworkRecord network = await CreateAsync("nat-unprotected");
        Sandbox web = await daemon.Networks.SetUpAsync(TestDaemon.Spec("web", [network]), default);
        await using Server server = await Server.StartAsync(web, 80, "hello");
        await neighbour.RouteAsync(network.Ipv4!.Subnet);
        Assert.Equal("hello", await neighbour.GetAsync(web.Endpoints[0].Address, 80));
    }

    [Fact]
    public async Task Isolated_leaves_the_bridge_without_an_address_and_is_for_internal_networks()
    {
        var failure = await Assert.ThrowsAsync<EngineException>(() => CreateAsync("isolated"));
        Assert.Equal("gateway mode 'isolated' can only be used for an internal network", failure.Message);
        NetworkRecord network = await CreateAsync("isolated", isInternal: true);
        Assert.Equal("", (await Shell.RunAsync("ip", "-4", "addr", "show", network.Bridge)).Output);
        Sandbox one = await daemon.Networks.SetUpAsync(TestDaemon.Spec("one", [network]), default), two = await daemon.Networks.SetUpAsync(TestDaemon.Spec("two", [network]), default);
        Assert.Equal(0, (await Shell.InsideAsync(one, "busybox", "ping", "-c", "1", "-W", "2", two.Endpoints[0].Address!.ToString())).Code);
    }

    [Fact]
    public async Task An_unknown_mode_is_refused() =>
        Assert.Contains("unknown gateway mode magic", (await Assert.ThrowsAsync<EngineException>(() => CreateAsync("magic"))).Message, StringComparison.Ordinal);
}
