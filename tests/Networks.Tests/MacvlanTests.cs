using System.Net;
using Argosy.Core;

namespace Argosy.Networks.Tests;

/// <summary>On a parent that is one end of a cable; its other end, in a namespace, is a machine of the same network.</summary>
[Trait("Needs", "Root")]
public sealed class MacvlanTests : IAsyncLifetime
{
    private TestDaemon daemon = null!;
    private Neighbour neighbour = null!;

    public async Task InitializeAsync()
    {
        daemon = await TestDaemon.StartAsync();
        neighbour = await Neighbour.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await daemon.DisposeAsync();
        await neighbour.DisposeAsync();
    }

    private Task<NetworkRecord> CreateAsync(string name, string mode, string? parent = null, string driver = "macvlan") => daemon.Networks.CreateAsync(new NetworkSpec
    {
        Name = name,
        Driver = driver,
        Options = new Dictionary<string, string> { ["parent"] = parent ?? neighbour.Cable, [driver + "_mode"] = mode },
        Subnets = [new SubnetSpec { Subnet = neighbour.Subnet.ToString(), Gateway = neighbour.Address.ToString(), Range = $"{neighbour.HostAddress.ToString()[..^2]}.64/26" }],
    }, default);

    [Fact]
    public async Task Containers_are_machines_of_the_parents_network_with_names_and_without_translation()
    {
        NetworkRecord lan = await CreateAsync("lan", "bridge");
        Assert.Equal(("macvlan", true), (lan.Driver, lan.ResolvesNames));
        Sandbox one = await daemon.Networks.SetUpAsync(TestDaemon.Spec("one", [lan], new PortBindingSpec(80, "tcp", null, 0)), default);
        Sandbox two = await daemon.Networks.SetUpAsync(TestDaemon.Spec("two", [lan]), default);
        Assert.Empty(one.Ports);
        await using Server server = await Server.StartAsync(one, 80, "hello");
        IPAddress address = one.Endpoints[0].Address!;
        Assert.Equal("hello", await neighbour.GetAsync(address, 80));
        Assert.Equal(neighbour.Address, await neighbour.SourceSeenByAsync(one, address, 80));
        Assert.Equal("hello", await Http.GetAsync(two, address, 80));
        Assert.Contains($"link/ether {one.Endpoints[0].MacAddress}", (await Shell.InsideAsync(one, "ip", "link", "show", "eth0")).Output, StringComparison.Ordinal);
        Assert.Contains($"default via {neighbour.Address} dev eth0", (await Shell.InsideAsync(one, "ip", "route")).Output, StringComparison.Ordinal);
        // Its end frees the address at once.
        await daemon.Networks.TearDownAsync(one.Container);
        Sandbox next = await daemon.Networks.SetUpAsync(TestDaemon.Spec("next", [lan]), default);
        Assert.Equal(address, next.Endpoints[0].Address);
    }

    [Fact]
    public async Task In_mode_private_containers_do_not_reach_each_other()
    {
        NetworkRecord lan = await CreateAsync("lan", "private");
        Sandbox one = await daemon.Networks.SetUpAsync(TestDaemon.Spec("one", [lan]), default), two = await daemon.Networks.SetUpAsync(TestDaemon.Spec("two", [lan]), default);
        await using Server server = await Server.StartAsync(one, 80, "hello");
        Assert.Equal("hello", await neighbour.GetAsync(one.Endpoints[0].Address, 80));
        Assert.NotEqual("hello", await Http.GetAsync(two, one.Endpoints[0].Address, 80));
    }

    [Fact]
    public async Task In_mode_passthru_there_is_one_device_with_the_parents_hardware_address()
    {
        NetworkRecord lan = await CreateAsync("lan", "passthru");
        Sandbox one = await daemon.Networks.SetUpAsync(TestDaemon.Spec("one", [lan]), default);
        string parent = (await File.ReadAllTextAsync($"/sys/class/net/{neighbour.Cable}/address")).Trim();
        Assert.Equal(parent, one.Endpoints[0].MacAddress);
        Assert.Contains(parent, (await Shell.InsideAsync(one, "ip", "link", "show", "eth0")).Output, StringComparison.Ordinal);
        await Assert.ThrowsAsync<EngineException>(() => daemon.Networks.SetUpAsync(TestDaemon.Spec("two", [lan]), default));
        var failure = await Assert.ThrowsAsync<EngineException>(() => daemon.Networks.CreateAsync(new NetworkSpec
        {
            Name = "other",
            Driver = "macvlan",
            Options = new Dictionary<string, string> { ["parent"] = neighbour.Cable },
        }, default));
        Assert.Equal($"macvlan network lan is already using parent interface {neighbour.Cable} in mode passthru", failure.Message);
    }

    [Fact]
    public async Task A_running_container_is_connected_disconnected_and_adopted()
    {
        NetworkRecord lan = await CreateAsync("lan", "bridge");
        Sandbox one = await daemon.Networks.SetUpAsync(TestDaemon.Spec("one", [daemon.Networks.Find("bridge")]), default);
        Endpoint endpoint = await daemon.Networks.ConnectAsync(one.Container, new EndpointSpec { Network = lan.Id }, default);
        Assert.Equal("eth1", endpoint.InterfaceName);
        Assert.Equal(0, (await Shell.InsideAsync(one, "busybox", "ping", "-c", "3", "-W", "2", neighbour.Address.ToString())).Code);
        await daemon.RestartAsync([one.Container]);
        Assert.Equal(0, (await Shell.InsideAsync(one, "busybox", "ping", "-c", "3", "-W", "2", neighbour.Address.ToString())).Code);
        await daemon.Networks.DisconnectAsync(one.Container, lan.Id, default);
        Assert.NotEqual(0, (await Shell.InsideAsync(one, "ip", "link", "show", "eth1")).Code);
        await daemon.Networks.RemoveAsync(lan, default);
        Assert.True(Directory.Exists("/sys/class/net/" + neighbour.Cable));
    }

    [Fact]
    public async Task A_macvlan_network_has_as_many_subnets_as_it_likes()
    {
        NetworkRecord lan = await daemon.Networks.CreateAsync(new NetworkSpec
        {
            Name = "lan",
            Driver = "macvlan",
            EnableIPv6 = true,
            Options = new Dictionary<string, string> { ["parent"] = neighbour.Cable },
            Subnets = [new SubnetSpec { Subnet = "198.18.240.0/30" }, new SubnetSpec { Subnet = "198.18.241.0/24" }, new SubnetSpec { Subnet = "2001:db8:240::/64" }],
        }, default);
        Sandbox one = await daemon.Networks.SetUpAsync(TestDaemon.Spec("one", [lan]), default), two = await daemon.Networks.SetUpAsync(TestDaemon.Spec("two", [lan]), default);
        Assert.Equal(("198.18.240.2", "198.18.241.2"), (one.Endpoints[0].Address!.ToString(), two.Endpoints[0].Address!.ToString()));
        Assert.Equal(("198.18.240.1", "198.18.241.1"), (one.Endpoints[0].Gateway!.ToString(), two.Endpoints[0].Gateway!.ToString()));
        Assert.Equal("2001:db8:240::2", one.Endpoints[0].Address6!.ToString());
    }

    [Theory]
    [InlineData("bridge", "lo", "loopback interface is not a valid macvlan parent link")]
    [InlineData("magic", null, "requested macvlan mode 'magic' is not valid, 'bridge' mode is the macvlan driver default")]
    [InlineData("bridge", "nosuch", "invalid subinterface vlan name nosuch, example formatting is eth0.10")]
    [InlineData("bridge", "nosuch.4095", "-o parent interface does was not found on the host: nosuch")]
    [InlineData("bridge", "lo.4095", "vlan id must be between 1-4094, received: 4095")]
    public async Task What_cannot_be_is_refused(string mode, string? parent, string message)
    {
        EngineException failure = await Assert.ThrowsAsync<EngineException>(() => CreateAsync("lan", mode, parent));
        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
        Assert.False(daemon.Networks.TryFind("lan", out _));
    }

    [Fact]
    public async Task A_VLANs_device_is_made_with_the_network_and_goes_with_it_or_is_refused_by_name()
    {
        string device = neighbour.Cable + ".10";
        try
        {
            NetworkRecord lan = await CreateAsync("lan", "bridge", device);
            Assert.True(Directory.Exists("/sys/class/net/" + device));
            await daemon.Networks.RemoveAsync(lan, default);
        }
        catch (EngineException exception)
        {
            Assert.Equal((ErrorKind.NotImplemented, $"the parent {device} cannot be made: this kernel has no VLAN (802.1Q) devices"), (exception.Kind, exception.Message));
        }
        Assert.False(Directory.Exists("/sys/class/net/" + device));
    }

    [Fact]
    public async Task Ipvlan_works_where_the_kernel_has_it_and_is_refused_by_name_elsewhere()
    {
        try
        {
            NetworkRecord lan = await CreateAsync("lan", "l2", driver: "ipvlan");
            Sandbox one = await daemon.Networks.SetUpAsync(TestDaemon.Spec("one", [lan]), default);
            await using Server server = await Server.StartAsync(one, 80, "hello");
            Assert.Equal("hello", await neighbour.GetAsync(one.Endpoints[0].Address, 80));
        }
        catch (EngineException exception)
        {
            Assert.Equal((ErrorKind.NotImplemented, "network driver ipvlan: this kernel has no ipvlan devices"), (exception.Kind, exception.Message));
        }
    }
}
