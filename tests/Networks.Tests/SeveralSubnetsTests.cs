using System.Net;
using System.Net.Sockets;
using Argosy.Core;

namespace Argosy.Networks.Tests;

/// <summary>Bridge networks with more than one subnet of a family, which Docker does not have.</summary>
[Trait("Needs", "Root")]
public sealed class SeveralSubnetsTests : IAsyncLifetime
{
    // Two containers fit into the first.
    private static readonly SubnetSpec[] Small =
        [new() { Subnet = "10.213.0.0/29", Range = "10.213.0.2/31", Gateway = "10.213.0.1" }, new() { Subnet = "10.213.1.0/29", Gateway = "10.213.1.6" }, new() { Subnet = "fd00:213::/64" }, new() { Subnet = "fd00:213:1::/64" }];

    private TestDaemon daemon = null!;

    public async Task InitializeAsync() => daemon = await TestDaemon.StartAsync();

    public async Task DisposeAsync() => await daemon.DisposeAsync();

    private Task<NetworkRecord> CreateAsync(bool isInternal = false, params (string Key, string Value)[] options) => daemon.Networks.CreateAsync(
        new NetworkSpec { Name = "two", EnableIPv6 = true, Internal = isInternal, Subnets = Small, Options = options.ToDictionary(pair => pair.Key, pair => pair.Value) }, default);

    private Task<Sandbox> UpAsync(NetworkRecord network, string? address = null, string? address6 = null, params PortBindingSpec[] ports) => daemon.Networks.SetUpAsync(
        TestDaemon.Spec("c", [], ports) with
        {
            Endpoints = [new EndpointSpec { Network = network.Id, Address = address is null ? null : IPAddress.Parse(address), Address6 = address6 is null ? null : IPAddress.Parse(address6) }],
        }, default);

    private static async Task<bool> PingsAsync(Sandbox from, IPAddress to) => (await Shell.InsideAsync(from, "busybox", "ping", "-c", "1", "-W", "2", to.ToString())).Code == 0;

    [Fact]
    public async Task Addresses_come_from_the_first_subnet_that_has_one_and_any_of_all_can_be_asked_for()
    {
        NetworkRecord two = await CreateAsync();
        Sandbox[] all = [await UpAsync(two), await UpAsync(two), await UpAsync(two), await UpAsync(two, "10.213.1.4", "fd00:213:1::9")];
        Assert.Equal(["10.213.0.2", "10.213.0.3", "10.213.1.1", "10.213.1.4"], all.Select(sandbox => sandbox.Endpoints[0].Address!.ToString()));
        Assert.Equal(["10.213.0.1", "10.213.0.1", "10.213.1.6", "10.213.1.6"], all.Select(sandbox => sandbox.Endpoints[0].Gateway!.ToString()));
        Assert.Equal(("fd00:213:1::9", "fd00:213:1::1"), (all[3].Endpoints[0].Address6!.ToString(), all[3].Endpoints[0].Gateway6!.ToString()));
        var outside = await Assert.ThrowsAsync<EngineException>(() => UpAsync(two, "10.213.2.4"));
        Assert.EndsWith("no configured subnet or ip-range contain the IP address 10.213.2.4", outside.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Containers_of_both_subnets_reach_each_other_the_gateways_and_the_world_after_a_restart_too()
    {
        await using var neighbour = await Neighbour.StartAsync();
        NetworkRecord two = await CreateAsync();
        Sandbox one = await UpAsync(two), other = await UpAsync(two, "10.213.1.4", "fd00:213:1::9");
        await daemon.RestartAsync([one.Container, other.Container]);
        foreach ((Sandbox from, Sandbox to) in new[] { (one, other), (other, one) })
        {
            Assert.True(await PingsAsync(from, to.Endpoints[0].Address!), "IPv4");
            Assert.True(await PingsAsync(from, to.Endpoints[0].Address6!), "IPv6");
            Assert.True(await PingsAsync(from, from.Endpoints[0].Gateway!), "gateway");
            Assert.True(await PingsAsync(from, from.Endpoints[0].Gateway6!), "IPv6 gateway");
            Assert.True(await PingsAsync(from, neighbour.Address), "world");
            Assert.True(await PingsAsync(from, neighbour.Address6), "IPv6 world");
        }
    }

    [Fact]
    public async Task Published_ports_of_either_subnet_answer_from_the_other_one_too()
    {
        NetworkRecord two = await CreateAsync();
        Sandbox client = await UpAsync(two), web = await UpAsync(two, "10.213.1.4", null, new PortBindingSpec(80, "tcp", null, 0));
        await using Server server = await Server.StartAsync(web, 80, "hello");
        ushort port = web.Ports[0].HostPort;
        foreach (IPAddress address in two.Subnets.Select(subnet => subnet.Gateway))
        {
            Assert.Equal("hello", await Http.GetAsync(address, port));
            Assert.Equal("hello", await Http.GetAsync(client, address, port));
            Assert.Equal("hello", await Http.GetAsync(web, address, port));
        }
        Assert.Equal("hello", await Http.GetAsync(IPAddress.Loopback, port));
    }

    [Fact]
    public async Task An_internal_network_is_one_network_and_one_without_communication_is_none()
    {
        NetworkRecord closed = await CreateAsync(isInternal: true);
        Sandbox one = await UpAsync(closed), other = await UpAsync(closed, "10.213.1.4");
        Assert.True(await PingsAsync(one, other.Endpoints[0].Address!));
        Assert.Null(one.Endpoints[0].Gateway);
        await daemon.Networks.TearDownAsync(one.Container);
        await daemon.Networks.TearDownAsync(other.Container);
        await daemon.Networks.RemoveAsync(closed, default);
        NetworkRecord silent = await CreateAsync(options: ("com.docker.network.bridge.enable_icc", "false"));
        one = await UpAsync(silent);
        other = await UpAsync(silent, "10.213.1.4");
        Assert.False(await PingsAsync(one, other.Endpoints[0].Address!));
        Assert.False(await PingsAsync(one, other.Endpoints[0].Address6!));
    }

    [Fact]
    public async Task Subnets_that_overlap_each_other_are_refused_and_leave_nothing()
    {
        SubnetSpec[] overlapping = [new() { Subnet = "10.213.0.0/16" }, new() { Subnet = "10.213.7.0/24" }];
        await Assert.ThrowsAsync<EngineException>(() => daemon.Networks.CreateAsync(new NetworkSpec { Name = "over", Subnets = overlapping }, default));
        NetworkRecord two = await CreateAsync();
        Assert.Equal(Small.Select(subnet => subnet.Subnet), two.Subnets.Select(subnet => subnet.Subnet.ToString()));
        Assert.Equal(2, two.Subnets.Count(subnet => subnet.Subnet.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6));
        await daemon.Networks.RemoveAsync(two, default);
        await CreateAsync();
    }
}
