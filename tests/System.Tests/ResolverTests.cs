using System.Diagnostics;
using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>Names resolve whether the daemon lives or not, and the process that does it never outlives its use.</summary>
[Trait("Needs", "Root")]
public sealed class ResolverTests : IAsyncLifetime
{
    private readonly StubResolver upstream = StubResolver.Start();
    private PrivateDaemon daemon = null!;

    private EngineApi Api => daemon.Api;

    public async Task InitializeAsync()
    {
        daemon = await PrivateDaemon.StartAsync(new PrivateDaemonOptions { Configuration = new JsonObject { ["dns"] = new JsonArray(upstream.Address) } });
        await Api.PostAsync("networks/create", new JsonObject { ["Name"] = "shared" });
    }

    public async Task DisposeAsync()
    {
        await daemon.DisposeAsync();
        await upstream.DisposeAsync();
    }

    [Fact]
    public async Task Names_resolve_while_the_daemon_is_dead_and_new_ones_appear_when_it_is_back()
    {
        await RunAsync("web");
        int client = await PidAsync(await RunAsync("client"));
        string address = await Api.AddressAsync("web", "shared");
        int resolver = Assert.Single(Resolvers());
        await daemon.KillAsync();
        Assert.Equal(address, await DigAsync(client, "web"));
        Assert.Equal(address, await DigAsync(client, "web", "+tcp"));
        Assert.Equal(StubResolver.Answer, await DigAsync(client, "example.org"));
        await daemon.StartAgainAsync();
        Assert.Equal(address, await DigAsync(client, "web"));
        Assert.Equal(resolver, Assert.Single(Resolvers()));
        await RunAsync("late");
        Assert.Equal(await Api.AddressAsync("late", "shared"), await DigAsync(client, "late"));
    }

    [Fact]
    public async Task A_container_that_ended_while_the_daemon_was_dead_has_no_name_when_it_is_back()
    {
        int web = await PidAsync(await RunAsync("web")), client = await PidAsync(await RunAsync("client"));
        await daemon.KillAsync();
        await Shell.ShAsync($"kill -9 {web}");
        await daemon.StartAgainAsync();
        Assert.DoesNotContain(await Api.StatusAsync("web"), "running", StringComparison.Ordinal);
        Assert.Equal(StubResolver.Answer, await DigAsync(client, "web"));
    }

    [Fact]
    public async Task A_resolver_that_is_killed_is_replaced_at_once()
    {
        await RunAsync("web");
        int client = await PidAsync(await RunAsync("client"));
        int before = Assert.Single(Resolvers());
        await Shell.ShAsync($"kill -9 {before}");
        string address = await Api.AddressAsync("web", "shared");
        await Poll.ForAsync(address, () => DigAsync(client, "web"));
        Assert.NotEqual(before, Assert.Single(Resolvers()));
        await RunAsync("late");
        Assert.Equal(await Api.AddressAsync("late", "shared"), await DigAsync(client, "late"));
    }

    [Fact]
    public async Task A_resolver_that_hangs_is_replaced_by_the_next_start()
    {
        int client = await PidAsync(await RunAsync("client"));
        int before = Assert.Single(Resolvers());
        await Shell.ShAsync($"kill -STOP {before}");
        ApiAnswer refused = await Api.SendAsync(HttpMethod.Post, $"containers/{await Api.CreateAsync(Containers.Busybox("sleep", "1000").On("shared"), "late")}/start");
        Assert.Equal(500, refused.Status);
        Assert.Contains("the resolver does not answer", refused.Message, StringComparison.Ordinal);
        await Poll.UntilAsync(async () => (await Api.SendAsync(HttpMethod.Post, "containers/late/start")).Status is 204 or 304, "it starts with another resolver");
        Assert.Equal(await Api.AddressAsync("late", "shared"), await DigAsync(client, "late"));
        Assert.NotEqual(before, Assert.Single(Resolvers()));
    }

    [Fact]
    public async Task It_stays_for_running_containers_when_the_daemon_stops_and_goes_with_the_last_one()
    {
        int web = await PidAsync(await RunAsync("web"));
        await daemon.StopAsync();
        int resolver = Assert.Single(Resolvers());
        Assert.NotEqual("", await DigAsync(web, "web"));
        await daemon.StartAgainAsync();
        Assert.Equal(resolver, Assert.Single(Resolvers()));
        await Api.RemoveAsync("web");
        await daemon.StopAsync();
        await Poll.UntilAsync(() => Resolvers().Length == 0, "the resolver has ended");
        Assert.False(File.Exists(Path.Combine(daemon.ExecRoot, "resolver.sock")));
    }

    [Fact]
    public async Task Without_a_daemon_it_ends_when_the_last_container_does()
    {
        int web = await PidAsync(await RunAsync("web")), other = await PidAsync(await RunAsync("other"));
        await daemon.KillAsync();
        await Shell.ShAsync($"kill -9 {web}");
        Assert.NotEqual("", await DigAsync(other, "other"));
        await Shell.ShAsync($"kill -9 {other}");
        await Poll.UntilAsync(() => Resolvers().Length == 0, "the resolver has ended by itself");
    }

    [Fact]
    public async Task It_holds_nothing_of_the_daemon()
    {
        await RunAsync("web");
        int resolver = Assert.Single(Resolvers());
        string descriptors = await Shell.ShAsync($"ls -l /proc/{resolver}/fd");
        Assert.DoesNotContain(daemon.DataRoot, descriptors, StringComparison.Ordinal);
        Assert.Equal("argosy-resolver\n", await File.ReadAllTextAsync($"/proc/{resolver}/comm"));
        // stat(5): the session, field 6, is its own.
        Assert.Equal($"{resolver}", (await File.ReadAllTextAsync($"/proc/{resolver}/stat")).Split(") ")[1].Split(' ')[3]);
        Assert.Equal("", await File.ReadAllTextAsync(Path.Combine(daemon.ExecRoot, "resolver.log")));
    }

    private Task<string> RunAsync(string name) => Api.RunAsync(Containers.Busybox("sleep", "1000").On("shared"), name);

    private async Task<int> PidAsync(string container) => (int)(await Api.InspectAsync(container))["State"]!["Pid"]!;

    /// <summary>Asks 127.0.0.11 from inside the container's network; works without a daemon. The last line that it says; empty without an answer.</summary>
    private static async Task<string> DigAsync(int pid, string name, params string[] more)
    {
        ShellResult result = await Shell.RunAsync("nsenter", ["-t", $"{pid}", "-n", "dig", "@127.0.0.11", "+short", "+time=2", "+tries=1", .. more, name]);
        return result.ExitCode == 0 ? result.Output.Trim().Split('\n')[^1] : "";
    }

    private int[] Resolvers() => [.. daemon.Snapshot().Processes.Where(line => line.Contains(" argosyd resolver ", StringComparison.Ordinal)).Select(line => int.Parse(line.Split(' ')[0]))];
}
