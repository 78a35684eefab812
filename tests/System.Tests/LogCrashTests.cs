using System.Text.Json.Nodes;
using Argosy.Testing;
using Xunit.Abstractions;

namespace Argosy.SystemTests;

/// <summary>A container writes ten thousand lines a second, a reader follows, and the daemon is killed ten times: no line is lost, doubled or out of order.</summary>
[Trait("Needs", "Root")]
public sealed class LogCrashTests(ITestOutputHelper output)
{
    private const int Kills = 10;

    [Theory]
    [InlineData("")]
    [InlineData("200k")]
    public Task No_line_is_lost_while_the_daemon_is_killed(string maxSize) => WriteAndKillAsync(100_000, maxSize);

    [Theory]
    [Trait("Kind", "Long")]
    [InlineData("")]
    [InlineData("1m")]
    public Task No_line_is_lost_in_a_minute_of_kills(string maxSize) => WriteAndKillAsync(600_000, maxSize);

    [Fact]
    public async Task A_container_writes_on_and_ends_while_no_daemon_is_there()
    {
        await using PrivateDaemon daemon = await PrivateDaemon.StartAsync();
        string id = await daemon.Api.RunAsync(Containers.Script("while [ ! -e /dev/shm/go ]; do usleep 10000; done; seq 1 1000000; exit 9"));
        int pid = (int)(await daemon.Api.InspectAsync(id))["State"]!["Pid"]!;
        await daemon.KillAsync();
        await Shell.ShAsync($"touch /proc/{pid}/root/dev/shm/go");
        await Poll.UntilAsync(() => !Directory.Exists($"/proc/{pid}"), "it has written everything and ended", TimeSpan.FromSeconds(60));
        await daemon.StartAgainAsync();
        Assert.Equal(9, await daemon.Api.WaitAsync(id));
        Assert.Equal("999999\n1000000\n", await daemon.Api.LogsAsync(id, "stdout=1&tail=2"));
        Assert.Equal(1_000_000, (await daemon.Api.LogsAsync(id)).Count(character => character == '\n'));
    }

    /// <param name="asked">Whether the dead daemon had asked conmon for the new file, and conmon has not heard it yet.</param>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_crash_leaves_of_a_rotation_is_finished_without_a_loss(bool asked)
    {
        await using PrivateDaemon daemon = await PrivateDaemon.StartAsync();
        string id = await daemon.Api.RunAsync(Containers.Script("i=0; while [ ! -e /go ]; do i=$((i+1)); echo $i; usleep 2000; done"));
        string log = Path.Combine(daemon.DataRoot, "containers", id, "container.log");
        string bundle = Path.Combine(daemon.ExecRoot, "c", id);
        string conmon = File.ReadAllText(Path.Combine(bundle, "conmon.pid"));
        await daemon.KillAsync();
        await Shell.ShAsync($"ln {log} {log}.1");
        if (asked)
            await Shell.ShAsync($"kill -STOP {conmon}; printf '2 0 0\n' > {bundle}/ctl");
        await daemon.StartAgainAsync();
        if (asked)
        {
            // Long enough for a daemon that asks again to have done so.
            await Task.Delay(300);
            await Shell.ShAsync($"kill -CONT {conmon}");
        }
        await Poll.UntilAsync(() => File.Exists(log + ".1.gz") && !File.Exists(log + ".1"), "the old file is put away");
        await daemon.Api.ExecAsync(id, "touch", "/go");
        await daemon.Api.WaitAsync(id);
        int[] lines = [.. (await daemon.Api.LogsAsync(id)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        Assert.Equal(Enumerable.Range(1, lines.Length), lines);
        Assert.Equal(2, Files(daemon, id).Length);
    }

    private async Task WriteAndKillAsync(int lines, string maxSize)
    {
        await using PrivateDaemon daemon = await PrivateDaemon.StartAsync();
        JsonObject body = Containers.Script($"i=0; while [ $i -lt {lines} ]; do seq $((i+1)) $((i+100)); i=$((i+100)); usleep 7000; done");
        if (maxSize.Length > 0)
            body.Host("LogConfig", new JsonObject { ["Type"] = "json-file", ["Config"] = new JsonObject { ["max-size"] = maxSize, ["max-file"] = "1000", ["compress"] = "true" } });
        string id = await daemon.Api.RunAsync(body);
        var follower = new LogFollower(daemon.Api, id);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        Task following = follower.RunAsync(lines, limit.Token);
        for (int kill = 1; kill <= Kills; kill++)
        {
            await Poll.UntilAsync(() => follower.Last > lines / (Kills + 1) * kill || following.IsCompleted, "the writer goes on", TimeSpan.FromMinutes(1));
            await Task.Delay(Random.Shared.Next(50), limit.Token);
            await daemon.KillAsync();
            await daemon.StartAgainAsync();
        }
        await following;
        Assert.Equal(0, await daemon.Api.WaitAsync(id));
        output.WriteLine($"the reader came back {follower.Breaks} times; {Files(daemon, id).Length} files");
        Assert.True(follower.Breaks >= Kills, "the daemon died under the reader");
        Assert.Equal(string.Concat(Enumerable.Range(1, lines).Select(line => $"{line}\n")), await daemon.Api.LogsAsync(id));
        Assert.Equal($"{lines - 1}\n{lines}\n", await daemon.Api.LogsAsync(id, "stdout=1&tail=2"));
        if (maxSize.Length > 0)
            Assert.InRange(Files(daemon, id).Length, 5, 1000);
    }

    private static string[] Files(PrivateDaemon daemon, string id) => Directory.GetFiles(Path.Combine(daemon.DataRoot, "containers", id), "container.log*");
}
