using System.Diagnostics;
using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>What is stuck delays nobody else, and is told as it is.</summary>
[Trait("Needs", "Root")]
public sealed class StuckTests
{
    private static PrivateDaemonOptions Impatient => new() { Configuration = new JsonObject { ["argosy-attach-patience"] = 2 } };

    [Fact]
    public async Task A_container_whose_conmon_is_killed_has_ended_with_137()
    {
        await using PrivateDaemon daemon = await PrivateDaemon.StartAsync();
        string id = await daemon.Api.RunAsync(Containers.Busybox("sleep", "1000"));
        int pid = (int)(await daemon.Api.InspectAsync(id))["State"]!["Pid"]!;
        await KillConmonAsync(daemon, id);
        Assert.Equal(137, await daemon.Api.WaitAsync(id));
        await AssertEndedAsync(daemon, id, pid);
        await daemon.Api.StartAsync(id);
        Assert.Equal("running", await daemon.Api.StatusAsync(id));
        await daemon.Api.RemoveAsync(id);
    }

    [Fact]
    public async Task A_conmon_that_is_killed_while_no_daemon_is_there_is_found_missing()
    {
        await using PrivateDaemon daemon = await PrivateDaemon.StartAsync();
        string id = await daemon.Api.RunAsync(Containers.Busybox("sleep", "1000"));
        int pid = (int)(await daemon.Api.InspectAsync(id))["State"]!["Pid"]!;
        await daemon.KillAsync();
        await KillConmonAsync(daemon, id);
        await daemon.StartAgainAsync();
        await Poll.ForAsync("exited", () => daemon.Api.StatusAsync(id));
        await AssertEndedAsync(daemon, id, pid);
    }

    [Fact]
    public async Task The_restart_policy_starts_a_container_again_whose_conmon_was_killed()
    {
        await using PrivateDaemon daemon = await PrivateDaemon.StartAsync();
        string id = await daemon.Api.RunAsync(Containers.Busybox("sleep", "1000").Host("RestartPolicy", new JsonObject { ["Name"] = "always" }));
        int pid = (int)(await daemon.Api.InspectAsync(id))["State"]!["Pid"]!;
        await KillConmonAsync(daemon, id);
        await Poll.UntilAsync(async () => (await daemon.Api.InspectAsync(id)) is var container && (int)container["RestartCount"]! == 1 && (string)container["State"]!["Status"]! == "running", "it runs again");
        Assert.False(Runs(pid), "its process is gone");
        await daemon.Api.RemoveAsync(id);
    }

    [Fact]
    public async Task An_exec_whose_conmon_is_killed_has_ended_with_137()
    {
        await using PrivateDaemon daemon = await PrivateDaemon.StartAsync();
        string id = await daemon.Api.RunAsync(Containers.Busybox("sleep", "1000"));
        string exec = await daemon.Api.CreateExecAsync(id, tty: false, "sleep", "2000");
        await using HijackedConnection connection = await daemon.Api.StartExecAsync(exec, tty: false);
        await Poll.UntilAsync(async () => (int)(await daemon.Api.GetAsync($"exec/{exec}/json"))["Pid"]! > 0, "it runs");
        int pid = (int)(await daemon.Api.GetAsync($"exec/{exec}/json"))["Pid"]!;
        await Shell.ShAsync($"kill -9 $(cat {daemon.ExecRoot}/c/{id}/x/*/conmon.pid)");
        await connection.ReadFramesAsync();
        await Poll.UntilAsync(async () => !(bool)(await daemon.Api.GetAsync($"exec/{exec}/json"))["Running"]!, "it has ended");
        Assert.Equal(137, (int)(await daemon.Api.GetAsync($"exec/{exec}/json"))["ExitCode"]!);
        await Poll.UntilAsync(() => !Runs(pid), "its process is gone");
        Assert.Equal("running", await daemon.Api.StatusAsync(id));
        await daemon.Api.RemoveAsync(id);
    }

    [Fact]
    public async Task A_container_that_somebody_froze_delays_nobody_and_can_be_stopped()
    {
        await using PrivateDaemon daemon = await PrivateDaemon.StartAsync();
        string id = await daemon.Api.RunAsync(Containers.Script("trap 'exit 7' TERM; while :; do sleep 0.1; done"));
        await Freezer.FreezeAsync((int)(await daemon.Api.InspectAsync(id))["State"]!["Pid"]!);
        await AssertListsFastAsync(daemon, "running");
        var clock = Stopwatch.StartNew();
        await daemon.Api.PostAsync($"containers/{id}/stop?t=1");
        Assert.InRange(clock.Elapsed.TotalSeconds, 1, 3);
        JsonNode state = (await daemon.Api.InspectAsync(id))["State"]!;
        Assert.Equal(("exited", 137), ((string)state["Status"]!, (int)state["ExitCode"]!));
    }

    [Fact]
    public async Task A_process_in_uninterruptible_sleep_delays_nobody_and_is_said_to_run_on()
    {
        await using PrivateDaemon daemon = await PrivateDaemon.StartAsync();
        await using LoopDisk disk = await LoopDisk.MountAsync(16);
        string id = await daemon.Api.RunAsync(Containers.Script("while [ ! -e /go ]; do usleep 10000; done; echo x > /disk/file").Host("Binds", new JsonArray($"{disk.Path}:/disk")));
        int pid = (int)(await daemon.Api.InspectAsync(id))["State"]!["Pid"]!;
        await Shell.ShAsync($"fsfreeze -f {disk.Path}");
        try
        {
            await daemon.Api.ExecAsync(id, "touch", "/go");
            await Poll.UntilAsync(() => File.ReadAllText($"/proc/{pid}/stat").Contains(") D ", StringComparison.Ordinal), "it sleeps in the kernel");
            await AssertListsFastAsync(daemon, "running");
            var clock = Stopwatch.StartNew();
            ApiAnswer answer = await daemon.Api.SendAsync(HttpMethod.Post, $"containers/{id}/stop?t=1");
            Assert.InRange(clock.Elapsed.TotalSeconds, 1, 3.5);
            Assert.Equal((500, $"cannot stop container: {id}: tried to kill container, but did not receive an exit event"), (answer.Status, answer.Message));
            Assert.Equal("running", await daemon.Api.StatusAsync(id));
            // Others are not held up.
            Assert.Equal("works\n", (await daemon.Api.RunToEndAsync(Containers.Busybox("echo", "works"))).Output);
        }
        finally
        {
            await Shell.ShAsync($"fsfreeze -u {disk.Path}");
        }
        await Poll.ForAsync("exited", () => daemon.Api.StatusAsync(id));
        Assert.Equal(137, (int)(await daemon.Api.InspectAsync(id))["State"]!["ExitCode"]!);
        await daemon.Api.RemoveAsync(id);
    }

    [Fact]
    public async Task An_attached_client_that_never_reads_blocks_the_container_for_a_while_only()
    {
        await using PrivateDaemon daemon = await PrivateDaemon.StartAsync(Impatient);
        string id = await daemon.Api.CreateAsync(Containers.Busybox("seq", "1", "1000000"));
        await using HijackedConnection deaf = await daemon.Api.HijackAsync($"containers/{id}/attach?stream=1&stdout=1");
        var clock = Stopwatch.StartNew();
        await daemon.Api.StartAsync(id);
        Assert.Equal(0, await daemon.Api.WaitAsync(id));
        Assert.InRange(clock.Elapsed.TotalSeconds, 2, 15);
        Assert.Equal("1000000\n", await daemon.Api.LogsAsync(id, "stdout=1&tail=1"));
        await daemon.Api.RemoveAsync(id);
    }

    [Fact]
    public async Task A_slow_client_gets_everything()
    {
        await using PrivateDaemon daemon = await PrivateDaemon.StartAsync(Impatient);
        string id = await daemon.Api.CreateAsync(Containers.Script("seq 1 300000; sleep 4; echo end"));
        await using HijackedConnection slow = await daemon.Api.HijackAsync($"containers/{id}/attach?stream=1&stdout=1");
        await daemon.Api.StartAsync(id);
        // Shorter than the patience: the container is blocked meanwhile, and goes on when the client reads.
        await Task.Delay(1000);
        (byte[] output, _) = await slow.ReadFramesAsync();
        Assert.EndsWith("300000\nend\n", System.Text.Encoding.ASCII.GetString(output), StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(1, 300_000).Sum(number => $"{number}\n".Length) + 4, output.Length);
        await daemon.Api.RemoveAsync(id);
    }

    private static async Task KillConmonAsync(PrivateDaemon daemon, string id) =>
        await Shell.ShAsync($"kill -9 {File.ReadAllText(Path.Combine(daemon.ExecRoot, "c", id, "conmon.pid"))}");

    private static async Task AssertEndedAsync(PrivateDaemon daemon, string id, int pid)
    {
        JsonNode state = (await daemon.Api.InspectAsync(id))["State"]!;
        Assert.Equal(("exited", 137), ((string)state["Status"]!, (int)state["ExitCode"]!));
        Assert.False(Runs(pid), "its process is gone");
        await Poll.UntilAsync(() => !Directory.Exists(Path.Combine(daemon.ExecRoot, "c", id)), "its bundle is gone");
    }

    /// <summary>A zombie does not run; with its conmon gone it is the host's init that is to bury it.</summary>
    private static bool Runs(int pid) => File.Exists($"/proc/{pid}/stat") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);

    private static async Task AssertListsFastAsync(PrivateDaemon daemon, string status)
    {
        for (int i = 0; i < 5; i++)
        {
            var clock = Stopwatch.StartNew();
            JsonArray list = (await daemon.Api.GetAsync("containers/json?all=1")).AsArray();
            Assert.Equal(status, (string)list[0]!["State"]!);
            Assert.InRange(clock.ElapsedMilliseconds, 0, 1000);
        }
    }
}
