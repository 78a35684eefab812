using System.Net;
using Argosy.Core;
using Argosy.Testing;

namespace Argosy.Networks.Tests;

/// <summary>Whose a device is: names have little room, and other programs make devices too.</summary>
[Trait("Needs", "Root")]
public sealed class DeviceOwnerTests
{
    private const string BridgeName = "com.docker.network.bridge.name";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Daemons_whose_devices_begin_alike_leave_each_others_alone(bool withGates)
    {
        (string first, string second) = NamesOfOnePrefix();
        await using TestDaemon one = await StartAsync(first, withGates);
        Sandbox web = await one.Networks.SetUpAsync(TestDaemon.Spec("web", [one.Networks.Find("bridge")], new PortBindingSpec(80, "tcp", null, 0)), default);
        await using Server server = await Server.StartAsync(web, 80, "hello");
        string[] ofOne = Devices(first);
        await using (TestDaemon two = await StartAsync(second, withGates))
        {
            NetworkRecord network = await two.Networks.CreateAsync(new NetworkSpec { Name = "n" }, default);
            Sandbox sandbox = await two.Networks.SetUpAsync(TestDaemon.Spec("c", [network]), default);
            string[] ofTwo = [.. Devices(second).Except(ofOne)];
            Assert.Equal(withGates ? 5 : 3, ofTwo.Length);
            Assert.All(ofOne, device => Assert.Equal("argosy:" + first, AliasOf(device)));
            Assert.All(ofTwo, device => Assert.Equal("argosy:" + second, AliasOf(device)));
            await one.RestartAsync([web.Container]);
            await two.RestartAsync([sandbox.Container]);
            Assert.Equal(ofOne.Concat(ofTwo).Order(), Devices(first));
        }
        Assert.Equal(ofOne, Devices(first));
        Assert.Equal("hello", await Http.GetAsync(IPAddress.Loopback, web.Ports[0].HostPort));
    }

    [Fact]
    public async Task What_is_no_bridge_is_refused_as_one_and_stays()
    {
        await using var device = await HostDevice.AddAsync("veth");
        await using TestDaemon daemon = await TestDaemon.StartAsync();
        var failure = await Assert.ThrowsAsync<EngineException>(() => daemon.Networks.CreateAsync(Named(device.Name), default));
        Assert.Contains("is not a bridge", failure.Message, StringComparison.Ordinal);
        Assert.True(device.Exists);
    }

    [Fact]
    public async Task A_bridge_that_was_there_before_its_network_is_used_and_stays()
    {
        await using var device = await HostDevice.AddAsync("bridge");
        await using TestDaemon daemon = await TestDaemon.StartAsync();
        NetworkRecord network = await daemon.Networks.CreateAsync(Named(device.Name), default);
        Assert.Equal(device.Name, network.Bridge);
        await daemon.RestartAsync([]);
        await daemon.Networks.RemoveAsync(daemon.Networks.Find("named"), default);
        Assert.True(device.Exists);
    }

    [Fact]
    public async Task A_bridge_of_ours_with_a_name_of_the_users_goes_with_its_network_and_is_no_other_daemons()
    {
        string name = "own" + RandomId.Next()[..8];
        await using TestDaemon daemon = await TestDaemon.StartAsync(), other = await TestDaemon.StartAsync();
        NetworkRecord network = await daemon.Networks.CreateAsync(Named(name), default);
        var failure = await Assert.ThrowsAsync<EngineException>(() => other.Networks.CreateAsync(Named(name), default));
        Assert.Contains($"{name} is a device of another argosyd", failure.Message, StringComparison.Ordinal);
        Assert.True(Directory.Exists("/sys/class/net/" + name));
        await daemon.Networks.RemoveAsync(network, default);
        Assert.False(Directory.Exists("/sys/class/net/" + name));
    }

    [Fact]
    public async Task Devices_that_a_version_without_aliases_left_are_still_ours()
    {
        await using TestDaemon daemon = await TestDaemon.StartAsync();
        NetworkRecord network = await daemon.Networks.CreateAsync(new NetworkSpec { Name = "n" }, default), gone = await daemon.Networks.CreateAsync(new NetworkSpec { Name = "gone" }, default);
        Sandbox sandbox = await daemon.Networks.SetUpAsync(TestDaemon.Spec("c", [network]), default), ended = await daemon.Networks.SetUpAsync(TestDaemon.Spec("ended", [network]), default);
        string[] devices = Devices(daemon.Instance);
        foreach (string device in devices)
            Assert.Equal(0, (await Shell.RunAsync("ip", "link", "set", device.Split(' ')[0], "alias", "")).Code);
        await daemon.RestartAsync([sandbox.Container]);
        Assert.Equal(devices.Where(device => !device.StartsWith(ended.Endpoints[0].HostInterface, StringComparison.Ordinal)), Devices(daemon.Instance));
        Assert.All(Devices(daemon.Instance), device => Assert.Equal("argosy:" + daemon.Instance, AliasOf(device)));
        await daemon.Networks.RemoveAsync(gone, default);
        Assert.False(Directory.Exists("/sys/class/net/" + gone.Bridge));
    }

    private static NetworkSpec Named(string bridge) => new() { Name = "named", Options = new Dictionary<string, string> { [BridgeName] = bridge } };

    private static Task<TestDaemon> StartAsync(string instance, bool withGates) =>
        TestDaemon.StartAsync(TestDaemon.OwnAddresses() with { HostFirewallDecides = withGates }, instance: instance);

    private static (string First, string Second) NamesOfOnePrefix()
    {
        string first = "t" + RandomId.Next()[..6];
        return (first, Enumerable.Range(0, int.MaxValue).Select(number => $"{first}{number}").First(name => Prefix(name) == Prefix(first)));
    }

    private static string AliasOf(string device) => File.ReadAllText($"/sys/class/net/{device.Split(' ')[0]}/ifalias").TrimEnd();

    private static string Prefix(string instance) => new KernelNames(instance, null).BridgePrefix[..^1];

    /// <summary>Names and numbers of the devices that begin as an instance's do: one that was made again has another number.</summary>
    private static string[] Devices(string instance) =>
        [.. Directory.EnumerateDirectories("/sys/class/net", Prefix(instance) + "*").Select(path => $"{Path.GetFileName(path)} {File.ReadAllText(path + "/ifindex")}").Order()];
}
