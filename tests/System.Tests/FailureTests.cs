using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>What is wrong with the host is said clearly, leaves nothing half made, and is over when it is over. (A port in use: NetworkTests.)</summary>
[Trait("Needs", "Root")]
public sealed class FailureTests
{
    [Fact]
    public async Task A_full_disk_refuses_what_is_new_and_loses_nothing_that_is_there()
    {
        await using LoopDisk disk = await LoopDisk.MountAsync(48);
        await using PrivateDaemon daemon = await PrivateDaemon.StartAsync(new PrivateDaemonOptions { DataRoot = disk.Path + "/data" });
        string runs = await daemon.Api.RunAsync(Containers.Script("while [ ! -e /dev/shm/go ]; do sleep 0.05; done; exit 5"), "runs");
        string before = await Shell.ShAsync($"ls {daemon.DataRoot}/containers");
        await Shell.ShAsync($"dd if=/dev/zero of={disk.Path}/fill bs=1M 2>/dev/null; dd if=/dev/zero of={disk.Path}/fill2 bs=1k 2>/dev/null; cat /dev/zero >> {disk.Path}/fill2; true");

        // SQLite and ext4 have some room of their own left: ask until it is used up.
        ApiAnswer refused = await UntilRefusedAsync(daemon.Api);
        Assert.Equal(500, refused.Status);
        Assert.Matches("(?i)no space left on device|disk is full|disk I/O error", refused.Message);
        await daemon.Api.ExecAsync(runs, "touch", "/dev/shm/go");
        await Poll.UntilAsync(() => File.Exists(Path.Combine(daemon.ExecRoot, "exits", runs)) || !Directory.Exists(Path.Combine(daemon.ExecRoot, "c", runs)), "it has ended");
        await Shell.ShAsync($"rm -f {disk.Path}/fill {disk.Path}/fill2");
        await Poll.ForAsync("exited", () => daemon.Api.StatusAsync(runs), TimeSpan.FromSeconds(40));
        Assert.Equal(5, (int)(await daemon.Api.InspectAsync(runs))["State"]!["ExitCode"]!);
        // Some may have fitted; what was refused has left nothing.
        foreach (JsonNode? made in (await daemon.Api.GetAsync("containers/json?all=1")).AsArray().Where(container => (string)container!["Id"]! != runs))
            await daemon.Api.RemoveAsync((string)made!["Id"]!);
        Assert.Equal(before, await Shell.ShAsync($"ls {daemon.DataRoot}/containers"));
        Assert.Equal("works\n", (await daemon.Api.RunToEndAsync(Containers.Busybox("echo", "works"))).Output);
        await daemon.KillAsync();
        await daemon.StartAgainAsync();
        Assert.Equal("exited", await daemon.Api.StatusAsync(runs));
    }

    [Theory]
    [InlineData("printf 'this is no database, whatever its name says' | dd of={0} conv=notrunc 2>/dev/null", "file is not a database")]
    [InlineData("sqlite3 {0} \"UPDATE record SET body=x'7b' WHERE kind='container'\"", "a record of kind \"container\" is damaged")]
    public async Task An_unreadable_state_file_keeps_the_daemon_from_starting_and_is_left_alone(string damage, string reason)
    {
        await using PrivateDaemon daemon = await PrivateDaemon.StartAsync();
        string id = await daemon.Api.CreateAsync(Containers.Busybox("true"));
        await daemon.StopAsync();
        string file = Path.Combine(daemon.DataRoot, "state.db");
        await Shell.ShAsync($"cp {file} {file}.good && {string.Format(System.Globalization.CultureInfo.InvariantCulture, damage, file)}");
        string damaged = await Shell.ShAsync($"sha256sum < {file}");
        int logged = daemon.Log.Length;
        await Assert.ThrowsAsync<InvalidOperationException>(daemon.StartAgainAsync);
        string said = daemon.Log[logged..];
        Assert.Contains($"argosyd: the state database {file} cannot be used: ", said, StringComparison.Ordinal);
        Assert.Contains(reason, said, StringComparison.Ordinal);
        Assert.Contains("Restore it from a backup", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.Equal(damaged, await Shell.ShAsync($"sha256sum < {file}"));
        await Shell.ShAsync($"rm -f {file}-wal {file}-shm; mv {file}.good {file}");
        await daemon.StartAgainAsync();
        Assert.Equal("created", await daemon.Api.StatusAsync(id));
    }

    [Fact]
    public async Task A_runtime_that_goes_away_fails_starts_and_does_not_hold_what_runs()
    {
        string directory = Directory.CreateTempSubdirectory("argosy-runtime-").FullName;
        string runtime = Path.Combine(directory, "crun");
        await Shell.ShAsync($"cp $(command -v crun || command -v runc) {runtime}");
        try
        {
            await using PrivateDaemon daemon = await PrivateDaemon.StartAsync(new PrivateDaemonOptions { Configuration = new JsonObject { ["default-runtime"] = runtime } });
            string runs = await daemon.Api.RunAsync(Containers.Busybox("sleep", "1000"));
            string next = await daemon.Api.CreateAsync(Containers.Busybox("true"));
            File.Move(runtime, runtime + ".away");
            ApiAnswer answer = await daemon.Api.SendAsync(HttpMethod.Post, $"containers/{next}/start");
            Assert.Equal((500, $"default-runtime {runtime} is not installed"), (answer.Status, answer.Message));
            Assert.Equal("created", await daemon.Api.StatusAsync(next));
            Assert.False(Directory.Exists(Path.Combine(daemon.ExecRoot, "c", next)));
            await daemon.Api.PostAsync($"containers/{runs}/stop?t=0");
            Assert.Equal("exited", await daemon.Api.StatusAsync(runs));
            File.Move(runtime + ".away", runtime);
            await daemon.Api.StartAsync(next);
            Assert.Equal(0, await daemon.Api.WaitAsync(next));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task A_bind_source_that_has_vanished_fails_the_start()
    {
        await using PrivateDaemon daemon = await PrivateDaemon.StartAsync();
        string source = Directory.CreateTempSubdirectory("argosy-source-").FullName;
        string id = await daemon.Api.CreateAsync(Containers.Busybox("true").Host("Mounts", new JsonArray(new JsonObject { ["Type"] = "bind", ["Source"] = source, ["Target"] = "/data" })));
        Directory.Delete(source);
        ApiAnswer answer = await daemon.Api.SendAsync(HttpMethod.Post, $"containers/{id}/start");
        Assert.Equal((400, $"invalid mount config for type \"bind\": bind source path does not exist: {source}"), (answer.Status, answer.Message));
        await AssertNotStartedAsync(daemon, id);
        Directory.CreateDirectory(source);
        await daemon.Api.StartAsync(id);
        Assert.Equal(0, await daemon.Api.WaitAsync(id));
        Directory.Delete(source);
    }

    [Theory]
    [InlineData("{ this is no JSON", "Decoding seccomp profile failed: ")]
    [InlineData("{}", "Decoding seccomp profile failed: defaultAction is missing")]
    public async Task A_wrong_seccomp_profile_fails_the_start(string profile, string message)
    {
        await using PrivateDaemon daemon = await PrivateDaemon.StartAsync();
        string id = await daemon.Api.CreateAsync(Containers.Busybox("true").Host("SecurityOpt", new JsonArray("seccomp=" + profile)));
        ApiAnswer answer = await daemon.Api.SendAsync(HttpMethod.Post, $"containers/{id}/start");
        Assert.Equal(400, answer.Status);
        Assert.StartsWith(message, answer.Message, StringComparison.Ordinal);
        await AssertNotStartedAsync(daemon, id);
    }

    [Fact]
    public async Task A_missing_default_seccomp_profile_never_means_none()
    {
        await using PrivateDaemon daemon = await PrivateDaemon.StartAsync(new PrivateDaemonOptions { Configuration = new JsonObject { ["seccomp-profile"] = "/no/such/profile.json" } });
        string id = await daemon.Api.CreateAsync(Containers.Busybox("true"));
        ApiAnswer answer = await daemon.Api.SendAsync(HttpMethod.Post, $"containers/{id}/start");
        Assert.Equal(500, answer.Status);
        Assert.StartsWith("the default seccomp profile /no/such/profile.json is missing", answer.Message, StringComparison.Ordinal);
        await AssertNotStartedAsync(daemon, id);
    }

    private static async Task AssertNotStartedAsync(PrivateDaemon daemon, string id)
    {
        Assert.Equal("created", await daemon.Api.StatusAsync(id));
        Assert.False(Directory.Exists(Path.Combine(daemon.ExecRoot, "c", id)), "no bundle is left");
        Assert.DoesNotContain(id, await File.ReadAllTextAsync("/proc/mounts"), StringComparison.Ordinal);
    }

    private static async Task<ApiAnswer> UntilRefusedAsync(EngineApi api)
    {
        for (int attempt = 0; attempt < 200; attempt++)
        {
            ApiAnswer answer = await api.SendAsync(HttpMethod.Post, "containers/create", Containers.Busybox("true"));
            if (answer.Status != 201)
                return answer;
        }
        throw new InvalidOperationException("200 containers fit on a full disk");
    }
}
