using System.Net;
using Argosy.Core;
using Argosy.Testing;
using Xunit.Abstractions;

namespace Argosy.Networks.Tests;

[Trait("Needs", "Root")]
public sealed class SandboxTests(ITestOutputHelper output) : IAsyncLifetime
{
    private TestDaemon daemon = null!;

    public async Task InitializeAsync() => daemon = await TestDaemon.StartAsync();

    public async Task DisposeAsync() => await daemon.DisposeAsync();

    private NetworkRecord Bridge => daemon.Networks.Find("bridge");

    [Fact]
    public async Task A_sandbox_has_its_address_its_route_and_Dockers_device_name()
    {
        Sandbox sandbox = await daemon.Networks.SetUpAsync(TestDaemon.Spec("one", [Bridge]), default);
        Endpoint endpoint = sandbox.Endpoints[0];
        string addresses = (await Shell.InsideAsync(sandbox, "ip", "-4", "addr", "show", "eth0")).Output;
        string link = (await Shell.InsideAsync(sandbox, "ip", "link", "show", "eth0")).Output;
        string routes = (await Shell.InsideAsync(sandbox, "ip", "route")).Output;
        Assert.Contains($"inet {endpoint.Address}/{endpoint.PrefixLength} brd ", addresses, StringComparison.Ordinal);
        Assert.Contains(endpoint.MacAddress, link, StringComparison.Ordinal);
        Assert.StartsWith("02:42:", endpoint.MacAddress, StringComparison.Ordinal);
        Assert.Contains($"default via {endpoint.Gateway} dev eth0", routes, StringComparison.Ordinal);
        Assert.Equal(0, (await Shell.InsideAsync(sandbox, "busybox", "ping", "-c", "1", "-W", "1", endpoint.Gateway!.ToString())).Code);
    }

    [Fact]
    public async Task A_container_connects_to_a_second_network_and_leaves_the_first()
    {
        NetworkRecord one = await daemon.Networks.CreateAsync(new NetworkSpec { Name = "one" }, default);
        NetworkRecord two = await daemon.Networks.CreateAsync(new NetworkSpec { Name = "two" }, default);
        Sandbox mover = await daemon.Networks.SetUpAsync(TestDaemon.Spec("mover", [one], new PortBindingSpec(80, "tcp", null, 0)), default);
        Sandbox peer = await daemon.Networks.SetUpAsync(TestDaemon.Spec("peer", [two]), default);
        await using Server server = await Server.StartAsync(mover, 80, "moved");
        Endpoint second = await daemon.Networks.ConnectAsync(mover.Container, new EndpointSpec { Network = two.Id, Aliases = ["alias"] }, default);
        Assert.Equal("eth1", second.InterfaceName);
        Assert.Contains("alias", second.DnsNames);
        Assert.Equal("moved", await Http.GetAsync(peer, second.Address, 80));
        await daemon.Networks.DisconnectAsync(mover.Container, one.Id, default);
        Assert.Equal("moved", await Http.GetAsync(IPAddress.Loopback, mover.Ports[0].HostPort));
        await daemon.Networks.RemoveAsync(one, default);
        var failure = await Assert.ThrowsAsync<EngineException>(() => daemon.Networks.RemoveAsync(two, default));
        Assert.StartsWith("error while removing network: network two has active endpoints (name:\"", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_goes_even_when_something_keeps_its_namespace_alive()
    {
        Sandbox sandbox = await daemon.Networks.SetUpAsync(TestDaemon.Spec("kept", [Bridge]), default);
        string link = sandbox.Endpoints[0].HostInterface;
        using FileStream holder = File.OpenRead(sandbox.NamespacePath);
        await daemon.Networks.TearDownAsync(sandbox.Container);
        await Poll.UntilAsync(() => !Directory.Exists($"/sys/class/net/{link}"), $"{link} is gone");
    }

    [Fact]
    public async Task An_internal_network_has_no_way_out_and_isolated_ports_do_not_meet()
    {
        NetworkRecord closed = await daemon.Networks.CreateAsync(new NetworkSpec { Name = "closed", Internal = true }, default);
        NetworkRecord apart = await daemon.Networks.CreateAsync(new NetworkSpec { Name = "apart", Options = new Dictionary<string, string> { ["com.docker.network.bridge.enable_icc"] = "false" } }, default);
        Sandbox inside = await daemon.Networks.SetUpAsync(TestDaemon.Spec("inside", [closed]), default);
        Sandbox beside = await daemon.Networks.SetUpAsync(TestDaemon.Spec("beside", [closed]), default);
        Assert.DoesNotContain("default", (await Shell.InsideAsync(inside, "ip", "route")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Shell.InsideAsync(inside, "busybox", "ping", "-c", "1", "-W", "1", beside.Endpoints[0].Address!.ToString())).Code);
        Sandbox one = await daemon.Networks.SetUpAsync(TestDaemon.Spec("a", [apart]), default);
        Sandbox two = await daemon.Networks.SetUpAsync(TestDaemon.Spec("b", [apart]), default);
        Assert.NotEqual(0, (await Shell.InsideAsync(one, "busybox", "ping", "-c", "1", "-W", "1", two.Endpoints[0].Address!.ToString())).Code);
        Assert.Equal(0, (await Shell.InsideAsync(one, "busybox", "ping", "-c", "1", "-W", "1", apart.Subnets[0].Gateway.ToString())).Code);
    }

    [Fact]
    public async Task A_restarted_daemon_adopts_the_running_and_removes_the_rest()
    {
        NetworkRecord own = await daemon.Networks.CreateAsync(new NetworkSpec { Name = "own" }, default);
        Sandbox stays = await daemon.Networks.SetUpAsync(TestDaemon.Spec("stays", [own], new PortBindingSpec(80, "tcp", null, 0)), default);
        Sandbox dies = await daemon.Networks.SetUpAsync(TestDaemon.Spec("dies", [own]), default);
        await using Server server = await Server.StartAsync(stays, 80, "still");
        await daemon.RestartAsync([stays.Container]);
        Assert.True(daemon.Networks.TryGetSandbox(stays.Container, out Sandbox? adopted));
        Assert.Equal(stays.Endpoints[0].Address, adopted.Endpoints[0].Address);
        Assert.False(daemon.Networks.TryGetSandbox(dies.Container, out _));
        Assert.False(File.Exists(dies.NamespacePath));
        Assert.Equal("still", await Http.GetAsync(IPAddress.Loopback, stays.Ports[0].HostPort));
        Sandbox next = await daemon.Networks.SetUpAsync(TestDaemon.Spec("next", [daemon.Networks.Find("own")]), default);
        Assert.Equal(dies.Endpoints[0].Address, next.Endpoints[0].Address);
        Assert.DoesNotContain(dies.Endpoints[0].HostInterface, (await Shell.RunAsync("ip", "-br", "link")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setting_up_is_fast()
    {
        var times = new List<double>();
        for (int round = 0; round < 30; round++)
        {
            await Task.Delay(30);
            long start = System.Diagnostics.Stopwatch.GetTimestamp();
            Sandbox sandbox = await daemon.Networks.SetUpAsync(TestDaemon.Spec($"c{round}", [Bridge], new PortBindingSpec(80, "tcp", null, 0)), default);
            double up = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            start = System.Diagnostics.Stopwatch.GetTimestamp();
            await daemon.Networks.TearDownAsync(sandbox.Container);
            times.Add(up);
            output.WriteLine($"up {up:0.00} ms, down {System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds:0.00} ms");
        }
        times.Sort();
        output.WriteLine($"median {times[15]:0.00} ms");
        Assert.True(times[15] < 50, "the median is far beyond what the kernel needs");
    }

    [Fact]
    public async Task An_endpoint_has_the_device_name_the_settings_and_the_link_local_address_that_it_asks_for()
    {
        Sandbox sandbox = await daemon.Networks.SetUpAsync(TestDaemon.Spec("one", []) with
        {
            Endpoints =
            [
                new EndpointSpec
                {
                    Network = Bridge.Id,
                    LinkLocal = [IPAddress.Parse("169.254.7.7")],
                    Options = new Dictionary<string, string>
                    {
                        ["com.docker.network.endpoint.ifname"] = "web0",
                        ["com.docker.network.endpoint.sysctls"] = "net.ipv4.conf.IFNAME.log_martians=1",
                    },
                },
            ],
        }, default);
        string addresses = (await Shell.InsideAsync(sandbox, "ip", "addr", "show", "web0")).Output;
        Assert.Contains(sandbox.Endpoints[0].Address!.ToString(), addresses, StringComparison.Ordinal);
        Assert.Contains("inet 169.254.7.7/16 brd 169.254.255.255 scope link", addresses, StringComparison.Ordinal);
        Assert.Equal("1\n", (await Shell.InsideAsync(sandbox, "cat", "/proc/sys/net/ipv4/conf/web0/log_martians")).Output);
    }

    [Fact]
    public async Task Two_devices_of_one_name_and_a_setting_that_does_not_exist_fail_and_leave_nothing()
    {
        NetworkRecord other = await daemon.Networks.CreateAsync(new NetworkSpec { Name = "other" }, default);
        EndpointSpec Named(NetworkRecord network, string key, string value) => new() { Network = network.Id, Options = new Dictionary<string, string> { ["com.docker.network.endpoint." + key] = value } };
        SandboxSpec spec = TestDaemon.Spec("one", []);
        await Assert.ThrowsAsync<EngineException>(() => daemon.Networks.SetUpAsync(spec with { Endpoints = [Named(Bridge, "ifname", "x"), Named(other, "ifname", "x")] }, default));
        var failure = await Assert.ThrowsAsync<EngineException>(() => daemon.Networks.SetUpAsync(spec with { Endpoints = [Named(Bridge, "sysctls", "net.ipv4.conf.IFNAME.no_such=1")] }, default));
        Assert.Contains("net/ipv4/conf/eth0/no_such", failure.Message, StringComparison.Ordinal);
        Assert.Empty(daemon.Networks.EndpointsOf(Bridge.Id));
        await daemon.Networks.RemoveAsync(other, default);
    }
}
