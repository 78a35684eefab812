using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

[Trait("Needs", "Root")]
public sealed class LifecycleTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>
{
    private readonly EngineApi api = fixture.Api;

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("sh -c 'kill -KILL $$'", 137)]
    [InlineData("kill -KILL $$; exit 4", 4)] // Process 1 cannot be killed from within.
    public async Task A_container_ends_with_its_process_exit_code(string script, int code)
    {
        string id = await api.RunAsync(Containers.Script(script + "\nexit $?"));
        Assert.Equal(code, await api.WaitAsync(id));
        JsonNode state = (await api.InspectAsync(id))["State"]!;
        Assert.Equal("exited", (string)state["Status"]!);
        Assert.False((bool)state["Running"]!);
        Assert.Equal(0, (int)state["Pid"]!);
        await api.RemoveAsync(id);
        Assert.Equal(404, (await api.SendAsync(HttpMethod.Get, $"containers/{id}/json")).Status);
    }

    [Theory]
    [InlineData("/no/such", 127)]
    [InlineData("/etc/passwd", 126)]
    public async Task A_command_that_cannot_run_fails_the_start_and_leaves_Dockers_exit_code(string command, int code)
    {
        string id = await api.CreateAsync(Containers.Busybox(command));
        ApiAnswer answer = await api.SendAsync(HttpMethod.Post, $"containers/{id}/start");
        Assert.Equal(400, answer.Status);
        Assert.Contains(command, answer.Message, StringComparison.Ordinal);
        JsonNode state = (await api.InspectAsync(id))["State"]!;
        Assert.Equal(("created", code), ((string)state["Status"]!, (int)state["ExitCode"]!));
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task A_list_shows_every_change_at_once()
    {
        for (int round = 0; round < 10; round++)
        {
            string id = await api.CreateAsync(Containers.Script("sleep 100000"));
            Assert.Equal("created", (string?)(await ListedAsync(id))?["State"]);
            await api.StartAsync(id);
            JsonNode started = (await ListedAsync(id))!;
            Assert.Equal("running", (string?)started["State"]);
            Assert.NotEqual("", (string?)started["NetworkSettings"]!["Networks"]!["bridge"]!["IPAddress"]);
            await api.PostAsync($"containers/{id}/rename?name=round-{round}");
            Assert.Equal($"/round-{round}", (string?)(await ListedAsync(id))!["Names"]![0]);
            await api.PostAsync($"containers/{id}/kill");
            await api.WaitAsync(id);
            Assert.Equal("exited", (string?)(await ListedAsync(id))?["State"]);
            await api.RemoveAsync(id);
            Assert.Null(await ListedAsync(id));
        }
    }

    [Fact]
    public async Task Stop_asks_with_the_stop_signal_and_the_process_may_end_as_it_likes()
    {
        string id = await api.RunAsync(Containers.Script("trap 'echo bye; exit 3' TERM; echo ready; while :; do sleep 0.1; done"));
        await Poll.ForAsync("ready\n", () => api.LogsAsync(id));
        await api.PostAsync($"containers/{id}/stop?t=10");
        JsonNode state = (await api.InspectAsync(id))["State"]!;
        Assert.Equal(("exited", 3), ((string)state["Status"]!, (int)state["ExitCode"]!));
        Assert.Equal("ready\nbye\n", await api.LogsAsync(id));
        Assert.Equal(304, (await api.SendAsync(HttpMethod.Post, $"containers/{id}/stop")).Status);
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task Stop_kills_the_process_when_the_grace_period_ends()
    {
        string id = await api.RunAsync(Containers.Script("trap '' TERM; echo ready; while :; do sleep 0.1; done"));
        await Poll.ForAsync("ready\n", () => api.LogsAsync(id));
        await api.PostAsync($"containers/{id}/stop?t=1");
        Assert.Equal(137, (int)(await api.InspectAsync(id))["State"]!["ExitCode"]!);
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task Kill_sends_the_signal_that_is_asked_for()
    {
        string id = await api.RunAsync(Containers.Script("trap 'echo usr1' USR1; echo ready; while :; do sleep 0.1; done"));
        await Poll.ForAsync("ready\n", () => api.LogsAsync(id));
        await api.PostAsync($"containers/{id}/kill?signal=USR1");
        await Poll.ForAsync("ready\nusr1\n", () => api.LogsAsync(id));
        await api.PostAsync($"containers/{id}/kill");
        Assert.Equal(137, await api.WaitAsync(id));
        ApiAnswer again = await api.SendAsync(HttpMethod.Post, $"containers/{id}/kill");
        Assert.Equal(409, again.Status);
        Assert.Contains("is not running", again.Message, StringComparison.Ordinal);
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task Pause_freezes_every_process_and_unpause_lets_them_go_on()
    {
        string id = await api.RunAsync(Containers.Script("i=0; while :; do i=$((i+1)); echo $i; sleep 0.02; done"));
        await Poll.UntilAsync(async () => (await api.LogsAsync(id)).Length > 4, "it counts");
        await api.PostAsync($"containers/{id}/pause");
        Assert.Equal("paused", await api.StatusAsync(id));
        string before = await SettledAsync(id);
        await Task.Delay(200);
        Assert.Equal(before, await api.LogsAsync(id));
        await api.PostAsync($"containers/{id}/unpause");
        await Poll.UntilAsync(async () => await api.LogsAsync(id) != before, "it counts on");
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task Restart_gives_a_new_process_and_keeps_the_files()
    {
        string id = await api.RunAsync(Containers.Script("date >> /stamps; wc -l < /stamps; exec sleep 1000"));
        await Poll.ForAsync("1\n", () => api.LogsAsync(id));
        int pid = (int)(await api.InspectAsync(id))["State"]!["Pid"]!;
        await api.PostAsync($"containers/{id}/restart?t=0");
        await Poll.ForAsync("1\n2\n", () => api.LogsAsync(id));
        Assert.NotEqual(pid, (int)(await api.InspectAsync(id))["State"]!["Pid"]!);
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task Wait_for_removal_answers_when_an_auto_removed_container_is_gone()
    {
        string id = await api.CreateAsync(Containers.Script("sleep 0.2; exit 5").Host("AutoRemove", true));
        Task<int> wait = api.WaitAsync(id, "removed");
        await api.StartAsync(id);
        Assert.Equal(5, await wait);
        Assert.Equal(404, (await api.SendAsync(HttpMethod.Get, $"containers/{id}/json")).Status);
    }

    [Fact]
    public async Task A_name_is_taken_once()
    {
        string id = await api.CreateAsync(Containers.Busybox("true"), "only-one");
        ApiAnswer second = await api.SendAsync(HttpMethod.Post, "containers/create?name=only-one", Containers.Busybox("true"));
        Assert.Equal(409, second.Status);
        Assert.Equal($"Conflict. The container name \"/only-one\" is already in use by container \"{id}\". You have to remove (or rename) that container to be able to reuse that name.", second.Message);
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task Thirty_two_containers_start_at_once_and_all_end_well()
    {
        string[] ids = await Task.WhenAll(Enumerable.Range(0, 32).Select(number => api.CreateAsync(Containers.Script($"exit {number}"), $"many-{number}")));
        await Task.WhenAll(ids.Select(api.StartAsync));
        int[] codes = await Task.WhenAll(ids.Select(id => api.WaitAsync(id)));
        Assert.Equal(Enumerable.Range(0, 32), codes);
        await Task.WhenAll(ids.Select(api.RemoveAsync));
    }

    private async Task<string> SettledAsync(string id)
    {
        string last = "";
        await Poll.UntilAsync(async () => last == (last = await api.LogsAsync(id)), "what was written before the pause is in the log");
        return last;
    }

    private async Task<JsonNode?> ListedAsync(string id) =>
        (await api.GetAsync("containers/json?all=1")).AsArray().FirstOrDefault(container => (string)container!["Id"]! == id);
}
