using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

[Trait("Needs", "Root")]
public sealed class HealthTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>
{
    private const long Second = 1_000_000_000;
    private readonly EngineApi api = fixture.Api;

    [Fact]
    public async Task Health_is_what_it_was_when_a_new_daemon_adopts_the_container()
    {
        await using PrivateDaemon daemon = await PrivateDaemon.StartAsync();
        string well = await daemon.Api.RunAsync(Probed("exit 0", Second / 5));
        string ill = await daemon.Api.RunAsync(Probed("echo bad; exit 3", Second / 5));
        await Poll.ForAsync("healthy", () => StatusAsync(daemon.Api, well));
        await Poll.ForAsync("unhealthy", () => StatusAsync(daemon.Api, ill));
        await daemon.KillAsync();
        await daemon.StartAgainAsync();
        Assert.Equal(("healthy", "unhealthy"), (await StatusAsync(daemon.Api, well), await StatusAsync(daemon.Api, ill)));
        JsonNode probe = (await HealthAsync(daemon.Api, ill))["Log"]!.AsArray()[0]!;
        Assert.Equal((3, "bad\n"), ((int)probe["ExitCode"]!, (string)probe["Output"]!));
        await daemon.Api.RemoveAsync(well);
        await daemon.Api.RemoveAsync(ill);
    }

    [Fact]
    public async Task The_log_has_the_last_five_probes_with_their_own_exit_codes()
    {
        string id = await api.RunAsync(Probed("echo x >> /n; wc -l < /n; exit $(wc -l < /n)", Second / 10));
        await Poll.UntilAsync(async () => (int)(await HealthAsync(api, id))["FailingStreak"]! >= 8, "eight probes");
        JsonArray log = (await HealthAsync(api, id))["Log"]!.AsArray();
        Assert.Equal(5, log.Count);
        Assert.All(log, probe => Assert.Equal($"{(int)probe!["ExitCode"]!}\n", (string)probe["Output"]!));
        await api.RemoveAsync(id);
    }

    /// <summary>As dockerd 20.10: "unhealthy" is what is not probed; the log outlives a run.</summary>
    [Fact]
    public async Task What_is_not_probed_is_unhealthy()
    {
        string id = await api.RunAsync(Probed("exit 0", Second / 5));
        await Poll.ForAsync("healthy", () => StatusAsync(api, id));
        await api.PostAsync($"containers/{id}/pause");
        Assert.Equal("unhealthy", await StatusAsync(api, id));
        await api.PostAsync($"containers/{id}/unpause");
        await Poll.ForAsync("healthy", () => StatusAsync(api, id));
        await api.PostAsync($"containers/{id}/stop?t=0");
        Assert.Equal("unhealthy", await StatusAsync(api, id));
        await api.StartAsync(id);
        Assert.NotEmpty((await HealthAsync(api, id))["Log"]!.AsArray());
        await Poll.ForAsync("healthy", () => StatusAsync(api, id));
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task In_the_start_period_failures_do_not_count_and_probes_come_more_often()
    {
        JsonObject body = Probed("test -e /ok", 1000 * Second);
        body["Healthcheck"]!["StartPeriod"] = 1000 * Second;
        body["Healthcheck"]!["StartInterval"] = Second / 10;
        string id = await api.RunAsync(body);
        await Poll.UntilAsync(async () => (await HealthAsync(api, id))["Log"]!.AsArray().Count >= 3, "three probes failed");
        Assert.Equal(("starting", 0), (await StatusAsync(api, id), (int)(await HealthAsync(api, id))["FailingStreak"]!));
        await api.ExecAsync(id, "touch", "/ok");
        await Poll.ForAsync("healthy", () => StatusAsync(api, id));
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task Every_change_is_an_event()
    {
        long since = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        string id = await api.RunAsync(Probed("test ! -e /bad", Second / 10));
        await Poll.ForAsync("healthy", () => StatusAsync(api, id));
        await api.ExecAsync(id, "touch", "/bad");
        await Poll.ForAsync("unhealthy", () => StatusAsync(api, id));
        await api.RemoveAsync(id);
        string filters = Uri.EscapeDataString($$"""{"container":["{{id}}"],"event":["health_status"]}""");
        ApiAnswer answer = await api.SendAsync(HttpMethod.Get, $"events?since={since}&until={DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 1}&filters={filters}");
        Assert.Equal(["health_status: healthy", "health_status: unhealthy"],
            answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (string)JsonNode.Parse(line)!["Action"]!));
    }

    [Fact]
    public async Task On_failure_stop_stops_and_the_restart_policy_rests()
    {
        string id = await api.RunAsync(Acting("stop", "always"));
        await Poll.ForAsync("exited", () => api.StatusAsync(id));
        Assert.Equal(0, (int)(await api.InspectAsync(id))["RestartCount"]!);
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task On_failure_kill_leaves_it_to_the_restart_policy()
    {
        string rests = await api.RunAsync(Acting("kill", "no"));
        string returns = await api.RunAsync(Acting("kill", "always"));
        await Poll.ForAsync("exited", () => api.StatusAsync(rests));
        Assert.Equal(137, (int)(await api.InspectAsync(rests))["State"]!["ExitCode"]!);
        await Poll.UntilAsync(async () => (int)(await api.InspectAsync(returns))["RestartCount"]! > 0, "it is started again");
        await api.RemoveAsync(rests);
        await api.RemoveAsync(returns);
    }

    [Fact]
    public async Task On_failure_restart_gives_a_new_process()
    {
        string id = await api.RunAsync(Acting("restart", "no"));
        int pid = (int)(await api.InspectAsync(id))["State"]!["Pid"]!;
        await Poll.UntilAsync(async () => (await api.InspectAsync(id))["State"]! is var state && (bool)state["Running"]! && (int)state["Pid"]! != pid, "another process");
        await api.RemoveAsync(id);
    }

    [Theory]
    [InlineData("reboot", "exit 0", "invalid value \"reboot\" of label argosy.health.on-failure: use one of none, stop, kill, restart")]
    [InlineData("stop", "", "label argosy.health.on-failure=stop needs a health check")]
    public async Task A_wrong_action_is_refused(string action, string probe, string message)
    {
        JsonObject body = (probe.Length > 0 ? Probed(probe, Second) : Containers.Busybox("true")).With("Labels", new JsonObject { ["argosy.health.on-failure"] = action });
        ApiAnswer answer = await api.SendAsync(HttpMethod.Post, "containers/create", body);
        Assert.Equal((400, message), (answer.Status, answer.Message));
    }

    private static JsonObject Probed(string command, long interval) => Containers.Busybox("sleep", "1000").With("Healthcheck", new JsonObject
    {
        ["Test"] = new JsonArray("CMD-SHELL", command),
        ["Interval"] = interval,
        ["Timeout"] = 10 * Second,
        ["Retries"] = 2,
    }).With("StopSignal", "SIGKILL");

    private static JsonObject Acting(string action, string policy) =>
        Probed("exit 1", Second / 5).With("Labels", new JsonObject { ["argosy.health.on-failure"] = action }).Host("RestartPolicy", new JsonObject { ["Name"] = policy });

    private static async Task<JsonNode> HealthAsync(EngineApi api, string id) => (await api.InspectAsync(id))["State"]!["Health"]!;

    private static async Task<string> StatusAsync(EngineApi api, string id) => (string)(await HealthAsync(api, id))["Status"]!;
}
