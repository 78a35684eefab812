using System.Net;
using Argosy.Core;

namespace Argosy.Networks.Tests;

/// <summary>Networks without IPv4.</summary>
[Trait("Needs", "Root")]
public sealed class Ipv6OnlyTests : IAsyncLifetime
{
    private TestDaemon daemon = null!;
    private NetworkRecord six = null!;

    public async Task InitializeAsync()
    {
        daemon = await TestDaemon.StartAsync();
        six = await daemon.Networks.CreateAsync(new NetworkSpec { Name = "six", EnableIPv4 = false, EnableIPv6 = true }, default);
    }

    public async Task DisposeAsync() => await daemon.DisposeAsync();

    private Task<Sandbox> UpAsync(string name, IReadOnlyList<NetworkRecord> on, params PortBindingSpec[] ports) => daemon.Networks.SetUpAsync(TestDaemon.Spec(name, on, ports), default);

    private static async Task<bool> PingsAsync(Sandbox from, IPAddress to) => (await Shell.InsideAsync(from, "busybox", "ping", "-c", "1", "-W", "2", to.ToString())).Code == 0;

    [Fact]
    public async Task A_container_has_an_IPv6_address_a_route_and_nothing_of_IPv4_but_loopback()
    {
        await using var neighbour = await Neighbour.StartAsync();
        Assert.True(Assert.Single(six.Subnets).IsIpv6);
        Sandbox one = await UpAsync("one", [six]), two = await UpAsync("two", [six]);
        Assert.Null(one.Endpoints[0].Address);
        Assert.NotEqual(one.Endpoints[0].MacAddress, two.Endpoints[0].MacAddress);
        Assert.Equal("", (await Shell.InsideAsync(one, "ip", "-4", "addr", "show", "eth0")).Output);
        Assert.Equal("", (await Shell.InsideAsync(one, "ip", "-4", "route")).Output);
        Assert.True(await PingsAsync(one, two.Endpoints[0].Address6!));
        Assert.True(await PingsAsync(one, neighbour.Address6));
        await daemon.RestartAsync([one.Container, two.Container]);
        Assert.True(await PingsAsync(two, one.Endpoints[0].Address6!));
        Assert.Null(daemon.Sandboxes.All.Single(sandbox => sandbox.Container == one.Container).Endpoints[0].Address);
    }

    [Fact]
    public async Task Its_ports_are_published_at_the_hosts_IPv6_addresses_and_at_IPv4_ones_not()
    {
        await using var neighbour = await Neighbour.StartAsync();
        Sandbox web = await UpAsync("web", [six], new PortBindingSpec(80, "tcp", null, 0));
        await using Server server = await Server.StartAsync(web, 80, "hello");
        PublishedPort port = Assert.Single(web.Ports);
        Assert.Equal(IPAddress.IPv6Any, port.HostAddress);
        Assert.Equal("hello", await neighbour.GetAsync(neighbour.HostAddress6, port.HostPort));
        Assert.NotEqual("hello", await neighbour.GetAsync(neighbour.HostAddress, port.HostPort));
        var refused = await Assert.ThrowsAsync<EngineException>(() => UpAsync("no", [six], new PortBindingSpec(80, "tcp", IPAddress.Loopback, 0)));
        Assert.Equal(ErrorKind.NotImplemented, refused.Kind);
    }

    [Fact]
    public async Task Beside_an_IPv4_network_each_gives_the_route_of_its_family()
    {
        NetworkRecord four = await daemon.Networks.CreateAsync(new NetworkSpec { Name = "four" }, default);
        Sandbox both = await UpAsync("both", [six, four]);
        Assert.Equal(("four", "six"), (both.GatewayEndpoint?.NetworkName, both.GatewayEndpoint6?.NetworkName));
        Assert.Contains($"default via {four.Ipv4!.Gateway}", (await Shell.InsideAsync(both, "ip", "-4", "route")).Output, StringComparison.Ordinal);
        Assert.Contains($"default via {six.Ipv6!.Gateway}", (await Shell.InsideAsync(both, "ip", "-6", "route")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_IPv4_address_cannot_be_asked_for()
    {
        EndpointSpec wanted = new() { Network = six.Id, Address = IPAddress.Parse("10.0.0.7") };
        await Assert.ThrowsAsync<EngineException>(() => daemon.Networks.SetUpAsync(TestDaemon.Spec("c", []) with { Endpoints = [wanted] }, default));
    }
}
