using System.Diagnostics;
using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

[Trait("Needs", "Root")]
public sealed class RestartTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>
{
    private readonly EngineApi api = fixture.Api;

    [Fact]
    public async Task On_failure_restarts_as_often_as_it_may_with_growing_delays()
    {
        var clock = Stopwatch.StartNew();
        string id = await api.RunAsync(Failing("exit 9").Host("RestartPolicy", Policy("on-failure", 3)));
        await Poll.UntilAsync(async () => await api.StatusAsync(id) == "exited", "it gives up");
        JsonNode container = await api.InspectAsync(id);
        Assert.Equal((9, 3), ((int)container["State"]!["ExitCode"]!, (int)container["RestartCount"]!));
        Assert.Equal("run\nrun\nrun\nrun\n", await api.LogsAsync(id));
        // 100 + 200 + 400 ms, at least.
        Assert.InRange(clock.ElapsedMilliseconds, 700, 15_000);
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task On_failure_leaves_a_success_alone()
    {
        string id = await api.RunAsync(Failing("exit 0").Host("RestartPolicy", Policy("on-failure")));
        await Poll.ForAsync("exited", () => api.StatusAsync(id));
        Assert.Equal(0, (int)(await api.InspectAsync(id))["RestartCount"]!);
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task Always_restarts_a_success_until_somebody_stops_it()
    {
        string id = await api.RunAsync(Failing("exit 0").Host("RestartPolicy", Policy("always")));
        await Poll.UntilAsync(async () => (int)(await api.InspectAsync(id))["RestartCount"]! >= 2, "it came twice");
        await api.PostAsync($"containers/{id}/stop?t=0");
        string status = await api.StatusAsync(id);
        string log = await api.LogsAsync(id);
        await Task.Delay(1500);
        Assert.Equal(("exited", log), (status, await api.LogsAsync(id)));
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task Health_goes_from_starting_to_healthy_to_unhealthy()
    {
        JsonObject body = Containers.Script("touch /ok; exec sleep 1000").With("Healthcheck", new JsonObject
        {
            ["Test"] = new JsonArray("CMD-SHELL", "echo checked; test -e /ok"),
            ["Interval"] = 200_000_000,
            ["Timeout"] = 2_000_000_000,
            ["Retries"] = 2,
        });
        string id = await api.RunAsync(body);
        Assert.Contains(await HealthAsync(id), new[] { "starting", "healthy" });
        await Poll.ForAsync("healthy", () => HealthAsync(id));
        await api.ExecAsync(id, "rm", "/ok");
        await Poll.ForAsync("unhealthy", () => HealthAsync(id));
        JsonNode last = (await api.InspectAsync(id))["State"]!["Health"]!;
        Assert.True((int)last["FailingStreak"]! >= 2);
        JsonNode entry = last["Log"]!.AsArray()[^1]!;
        Assert.Equal((1, "checked\n"), ((int)entry["ExitCode"]!, (string)entry["Output"]!));
        await api.ExecAsync(id, "touch", "/ok");
        await Poll.ForAsync("healthy", () => HealthAsync(id));
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task A_health_check_that_hangs_is_a_failure()
    {
        string id = await api.RunAsync(Containers.Script("exec sleep 1000").With("Healthcheck", new JsonObject
        {
            ["Test"] = new JsonArray("CMD", "sleep", "1000"),
            ["Interval"] = 100_000_000,
            ["Timeout"] = 300_000_000,
            ["Retries"] = 1,
        }));
        await Poll.ForAsync("unhealthy", () => HealthAsync(id));
        Assert.Equal("running", await api.StatusAsync(id));
        await api.RemoveAsync(id);
    }

    private static JsonObject Failing(string end) => Containers.Script("echo run; " + end);

    private static JsonObject Policy(string name, int maximum = 0) => new() { ["Name"] = name, ["MaximumRetryCount"] = maximum };

    private async Task<string> HealthAsync(string id) => (string)(await api.InspectAsync(id))["State"]!["Health"]!["Status"]!;
}
