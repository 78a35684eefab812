using Argosy.Core;

namespace Argosy.Networks.Tests;

[Trait("Needs", "Root")]
public sealed class ManyNetworksTests
{
    [Fact]
    public Task Fifty_networks_live_beside_each_other_and_go() => MakeAndRemoveAsync(50, null);

    [Fact]
    [Trait("Kind", "Long")]
    public Task A_thousand_networks_live_beside_each_other_and_go() => MakeAndRemoveAsync(1000, new NetworksOptions());

    [Fact]
    public async Task Daemons_that_look_for_subnets_in_one_pool_at_once_choose_different_ones()
    {
        NetworksOptions options = TestDaemon.OwnAddresses();
        await using TestDaemon one = await TestDaemon.StartAsync(options), two = await TestDaemon.StartAsync(options with { DefaultBridgeAddress = TestDaemon.OwnAddresses().DefaultBridgeAddress });
        Task<NetworkRecord[]> MakeAsync(TestDaemon daemon) => Task.WhenAll(Enumerable.Range(0, 15).Select(number => Task.Run(() => daemon.Networks.CreateAsync(new NetworkSpec { Name = $"n{number}" }, default))));
        NetworkRecord[][] made = await Task.WhenAll(MakeAsync(one), MakeAsync(two));
        Assert.Equal(30, made.SelectMany(networks => networks).Select(network => network.Subnets[0].Subnet).Distinct().Count());
    }

    private static async Task MakeAndRemoveAsync(int count, NetworksOptions? options)
    {
        await using TestDaemon daemon = await TestDaemon.StartAsync(options);
        var made = new List<NetworkRecord>();
        for (int number = 0; number < count; number++)
            made.Add(await daemon.Networks.CreateAsync(new NetworkSpec { Name = $"n{number}", EnableIPv6 = number % 10 == 0 }, default));
        Assert.Equal(made.Sum(network => network.Subnets.Count), made.SelectMany(network => network.Subnets).Select(subnet => subnet.Subnet).Distinct().Count());
        Assert.All(made, network => Assert.True(Directory.Exists("/sys/class/net/" + network.Bridge)));
        // The last one works like the first one, and they are apart.
        Sandbox first = await daemon.Networks.SetUpAsync(TestDaemon.Spec("first", [made[0]]), default), last = await daemon.Networks.SetUpAsync(TestDaemon.Spec("last", [made[^1]]), default);
        await using Server server = await Server.StartAsync(last, 80, "hello");
        Assert.Equal("hello", await Http.GetAsync(last.Endpoints[0].Address, 80));
        Assert.NotEqual("hello", await Http.GetAsync(first, last.Endpoints[0].Address, 80));
        await daemon.RestartAsync([first.Container, last.Container]);
        Assert.Equal(count + 3, daemon.Networks.List().Count);
        await daemon.Networks.TearDownAsync(first.Container);
        await daemon.Networks.TearDownAsync(last.Container);
        foreach (NetworkRecord network in made)
            await daemon.Networks.RemoveAsync(network, default);
        Assert.All(made, network => Assert.False(Directory.Exists("/sys/class/net/" + network.Bridge)));
    }
}
