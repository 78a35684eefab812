using System.Net;
using System.Net.Sockets;
using Argosy.Core;

namespace Argosy.Networks.Tests;

[Trait("Needs", "Root")]
public sealed class Ipv6Tests : IAsyncLifetime
{
    private TestDaemon daemon = null!;
    private NetworkRecord dual = null!;

    public async Task InitializeAsync()
    {
        daemon = await TestDaemon.StartAsync();
        dual = await daemon.Networks.CreateAsync(new NetworkSpec { Name = "dual", EnableIPv6 = true }, default);
    }

    public async Task DisposeAsync() => await daemon.DisposeAsync();

    private Task<Sandbox> UpAsync(string name, params PortBindingSpec[] ports) => daemon.Networks.SetUpAsync(TestDaemon.Spec(name, [dual], ports), default);

    private static IPAddress Address6(Sandbox sandbox) => sandbox.Endpoints[0].Address6!;

    [Fact]
    public async Task A_network_with_IPv6_has_a_unique_local_subnet_and_its_containers_an_address_and_a_route()
    {
        Sandbox one = await UpAsync("one");
        Assert.Equal((64, true), (dual.Ipv6!.Subnet.PrefixLength, dual.Ipv6.Gateway.IsIPv6UniqueLocal));
        string addresses = (await Shell.InsideAsync(one, "ip", "-6", "addr", "show", "eth0")).Output;
        Assert.Contains($"inet6 {Address6(one)}/64 scope global", addresses, StringComparison.Ordinal);
        Assert.DoesNotContain("tentative", addresses.Split('\n').Single(line => line.Contains("scope global", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains($"default via {dual.Ipv6.Gateway} dev eth0", (await Shell.InsideAsync(one, "ip", "-6", "route")).Output, StringComparison.Ordinal);
        Sandbox two = await UpAsync("two");
        Assert.Equal(0, (await Shell.InsideAsync(one, "busybox", "ping", "-c", "3", "-W", "2", Address6(two).ToString())).Code);
    }

    [Fact]
    public async Task A_container_of_an_IPv4_network_has_no_IPv6_but_loopbacks()
    {
        Sandbox sandbox = await daemon.Networks.SetUpAsync(TestDaemon.Spec("four", [daemon.Networks.Find("bridge")]), default);
        Assert.Null(sandbox.Endpoints[0].Address6);
        Assert.Equal("", (await Shell.InsideAsync(sandbox, "ip", "-6", "addr", "show", "eth0")).Output);
        Assert.Contains("::1", (await Shell.InsideAsync(sandbox, "ip", "-6", "addr", "show", "lo")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_can_be_asked_for_and_the_same_one_twice_cannot()
    {
        NetworkRecord own = await daemon.Networks.CreateAsync(new NetworkSpec
        {
            Name = "own",
            EnableIPv6 = true,
            Subnets = [new SubnetSpec { Subnet = "2001:db8:99::/64", Gateway = "2001:db8:99::ff", Auxiliary = new Dictionary<string, string> { ["router"] = "2001:db8:99::1" } }],
        }, default);
        Assert.Equal("2001:db8:99::ff", own.Ipv6!.Gateway.ToString());
        Sandbox any = await daemon.Networks.SetUpAsync(TestDaemon.Spec("any", [own]), default);
        Assert.Equal("2001:db8:99::2", any.Endpoints[0].Address6!.ToString());
        EndpointSpec wanted = new() { Network = own.Id, Address6 = IPAddress.Parse("2001:db8:99::33") };
        Sandbox chosen = await daemon.Networks.SetUpAsync(TestDaemon.Spec("chosen", []) with { Endpoints = [wanted] }, default);
        Assert.Equal(wanted.Address6, chosen.Endpoints[0].Address6);
        var taken = await Assert.ThrowsAsync<EngineException>(() => daemon.Networks.SetUpAsync(TestDaemon.Spec("again", []) with { Endpoints = [wanted] }, default));
        Assert.EndsWith("Address already in use", taken.Message, StringComparison.Ordinal);
        var notChosen = await Assert.ThrowsAsync<EngineException>(() => daemon.Networks.SetUpAsync(TestDaemon.Spec("no", []) with { Endpoints = [wanted with { Network = dual.Id }] }, default));
        Assert.EndsWith("user specified IP address is supported only when connecting to networks with user configured subnets", notChosen.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_published_port_has_one_number_on_both_families_and_answers_from_everywhere()
    {
        await using var neighbour = await Neighbour.StartAsync();
        Sandbox web = await UpAsync("web", new PortBindingSpec(80, "tcp", null, 0)), client = await UpAsync("client");
        NetworkRecord other = await daemon.Networks.CreateAsync(new NetworkSpec { Name = "other", EnableIPv6 = true }, default);
        Sandbox foreign = await daemon.Networks.SetUpAsync(TestDaemon.Spec("foreign", [other]), default);
        await using Server server = await Server.StartAsync(web, 80, "hello");
        Assert.Equal([IPAddress.Any, IPAddress.IPv6Any], web.Ports.Select(port => port.HostAddress));
        ushort port = Assert.Single(web.Ports.Select(port => port.HostPort).Distinct());
        IPAddress gateway = dual.Ipv6!.Gateway;

        Assert.Equal("hello", await Http.GetAsync(IPAddress.Loopback, port));
        Assert.Equal("hello", await Http.GetAsync(gateway, port));
        Assert.Equal("hello", await Http.GetAsync(Address6(web), 80));
        Assert.Equal("hello", await Http.GetAsync(client, gateway, port));
        Assert.Equal("hello", await Http.GetAsync(web, gateway, port));
        Assert.Equal("hello", await Http.GetAsync(foreign, gateway, port));
        Assert.NotEqual("hello", await Http.GetAsync(foreign, Address6(web), 80));
        Assert.Equal("hello", await neighbour.GetAsync(neighbour.HostAddress6, port));
        Assert.Equal(neighbour.Address6, await neighbour.SourceSeenByAsync(web, neighbour.HostAddress6, port));
        await neighbour.RouteAsync(dual.Ipv6.Subnet);
        Assert.NotEqual("hello", await neighbour.GetAsync(Address6(web), 80));
        Assert.Equal(0, (await Shell.InsideAsync(web, "busybox", "ping", "-c", "1", "-W", "2", neighbour.Address6.ToString())).Code);
    }

    [Fact]
    public async Task A_port_at_one_IPv6_address_answers_there_only_and_needs_an_IPv6_address_behind_it_where_nobody_can_relay()
    {
        await using var neighbour = await Neighbour.StartAsync();
        Sandbox web = await UpAsync("web", new PortBindingSpec(80, "tcp", neighbour.HostAddress6, 0));
        await using Server server = await Server.StartAsync(web, 80, "only there");
        // Another daemon's container may have the same port of other addresses: hence words of its own.
        ushort port = Assert.Single(web.Ports).HostPort;
        Assert.Equal("only there", await Http.GetAsync(neighbour.HostAddress6, port));
        Assert.NotEqual("only there", await Http.GetAsync(dual.Ipv6!.Gateway, port));
        Assert.NotEqual("only there", await Http.GetAsync(IPAddress.Loopback, port));
        var failure = await Assert.ThrowsAsync<EngineException>(() => daemon.Networks.SetUpAsync(
            TestDaemon.Spec("four", [daemon.Networks.Find("bridge")], new PortBindingSpec(80, "sctp", neighbour.HostAddress6, 0)), default));
        Assert.Equal(ErrorKind.NotImplemented, failure.Kind);
    }

    [Fact]
    public async Task A_port_that_a_program_has_on_IPv6_alone_is_refused_and_the_IPv4_half_is_given_back()
    {
        using var listener = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = false };
        listener.Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
        listener.Listen();
        var port = (ushort)((IPEndPoint)listener.LocalEndPoint!).Port;
        var failure = await Assert.ThrowsAsync<EngineException>(() => UpAsync("one", new PortBindingSpec(80, "tcp", null, port)));
        Assert.Contains($"[::]:{port}", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("address already in use", failure.Message, StringComparison.Ordinal);
        listener.Dispose();
        Sandbox web = await UpAsync("one", new PortBindingSpec(80, "tcp", null, port));
        Assert.Equal(2, web.Ports.Count);
    }

    [Fact]
    public async Task Everything_is_as_it_was_after_the_daemons_death()
    {
        Sandbox web = await UpAsync("web", new PortBindingSpec(80, "tcp", null, 0));
        await using Server server = await Server.StartAsync(web, 80, "hello");
        await daemon.RestartAsync([web.Container]);
        Assert.Equal("hello", await Http.GetAsync(dual.Ipv6!.Gateway, web.Ports[0].HostPort));
        Sandbox next = await UpAsync("next");
        Assert.NotEqual(Address6(web), Address6(next));
        await daemon.Networks.TearDownAsync(web.Container);
        Assert.Equal(Address6(web), Address6(await UpAsync("third")));
    }

    [Fact]
    public async Task The_default_network_has_IPv6_where_the_daemon_says_so()
    {
        await daemon.RestartAsync([], options => options with { DefaultBridgeIpv6 = true, DefaultBridgeSubnet6 = "2001:db8:98::/64" });
        Sandbox sandbox = await daemon.Networks.SetUpAsync(TestDaemon.Spec("one", [daemon.Networks.Find("bridge")]), default);
        Assert.Equal("2001:db8:98::2", Address6(sandbox).ToString());
        await daemon.Networks.TearDownAsync(sandbox.Container);
        await daemon.RestartAsync([], options => options with { DefaultBridgeIpv6 = false, DefaultBridgeSubnet6 = null });
        Assert.Null(daemon.Networks.Find("bridge").Ipv6);
    }

    [Fact]
    public async Task The_default_routes_of_the_families_may_be_of_different_networks()
    {
        NetworkRecord four = await daemon.Networks.CreateAsync(new NetworkSpec { Name = "aaa" }, default);
        Sandbox sandbox = await daemon.Networks.SetUpAsync(TestDaemon.Spec("one", [four, dual], new PortBindingSpec(80, "tcp", null, 0)), default);
        Assert.Equal(("aaa", "dual"), (sandbox.GatewayEndpoint!.NetworkName, sandbox.GatewayEndpoint6!.NetworkName));
        await using Server server = await Server.StartAsync(sandbox, 80, "hello");
        Assert.Equal("hello", await Http.GetAsync(IPAddress.Loopback, sandbox.Ports[0].HostPort));
        Assert.Equal("hello", await Http.GetAsync(dual.Ipv6!.Gateway, sandbox.Ports[0].HostPort));
        await daemon.Networks.DisconnectAsync(sandbox.Container, dual.Id, default);
        Assert.Equal("", (await Shell.InsideAsync(sandbox, "ip", "-6", "route", "show", "default")).Output);
        await daemon.Networks.ConnectAsync(sandbox.Container, new EndpointSpec { Network = dual.Id }, default);
        Assert.Equal("hello", await Http.GetAsync(dual.Ipv6.Gateway, sandbox.Ports[0].HostPort));
    }
}
