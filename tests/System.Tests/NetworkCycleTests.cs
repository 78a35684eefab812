using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>Nothing gets stuck: after many ends that nobody tidied up after, the network can be removed and nothing is left of any of them.</summary>
[Trait("Needs", "Root")]
public sealed class NetworkCycleTests
{
    [Fact]
    public Task After_six_cycles_of_starts_and_kills_the_network_can_be_removed() => CycleAsync(6);

    [Fact]
    [Trait("Kind", "Long")]
    public Task After_two_hundred_cycles_of_starts_and_kills_the_network_can_be_removed() => CycleAsync(200);

    private static async Task CycleAsync(int cycles)
    {
        await using PrivateDaemon daemon = await PrivateDaemon.StartAsync();
        EngineApi api = daemon.Api;
        await api.PostAsync("networks/create", new JsonObject { ["Name"] = "cycled", ["EnableIPv6"] = true });
        string network = (string)(await api.GetAsync("networks/cycled"))["Id"]!;
        for (int cycle = 0; cycle < cycles; cycle++)
        {
            string stays = await api.RunAsync(Containers.Busybox("sleep", "1000").On("cycled").Publish(80));
            string dies = await api.RunAsync(Containers.Busybox("sleep", "1000").On("cycled").Publish(80));
            string halfway = await api.CreateAsync(Containers.Busybox("sleep", "1000").On("cycled").Publish(80));
            int pid = (int)(await api.InspectAsync(dies))["State"]!["Pid"]!;
            Task<ApiAnswer> starting = api.SendAsync(HttpMethod.Post, $"containers/{halfway}/start");
            if (cycle % 3 != 0)
                await starting;
            // In each third cycle the daemon dies in the middle of a start, with a container that ends while nobody looks.
            await daemon.KillAsync();
            await Shell.RunAsync("kill", ["-9", $"{pid}"]);
            await Record.ExceptionAsync(() => starting);
            await daemon.StartAgainAsync();
            Assert.Equal("running", await api.StatusAsync(stays));
            foreach (string id in new[] { stays, dies, halfway })
                await api.RemoveAsync(id);
            Assert.Empty((await api.GetAsync("networks/cycled"))["Containers"]!.AsObject());
        }
        string bridge = (await Shell.ShAsync($"ls -d /sys/class/net/*-{network[..10]}/brif")).Trim();
        await Poll.UntilAsync(() => !Directory.EnumerateFileSystemEntries(bridge).Any(), "no port of the bridge is left");
        await api.DeleteAsync("networks/cycled");
        await Poll.UntilAsync(() => !Directory.Exists(bridge), "the bridge is gone");
        Assert.Equal("", (await Shell.ShAsync($"nft -s list table inet {daemon.Instance} | sed -n '/map published/,/}}/p' | grep elements || true")).Trim());
    }
}
