using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

[Trait("Needs", "Root")]
public sealed class ResourceTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>
{
    private readonly EngineApi api = fixture.Api;

    [Fact]
    public async Task A_process_over_the_memory_limit_is_killed_and_the_container_says_so()
    {
        // tail keeps what it has read of a line without an end.
        string id = await api.RunAsync(Containers.Busybox("sh", "-c", "exec tail /dev/zero").Host("Memory", 16 << 20));
        Assert.Equal(137, await api.WaitAsync(id));
        Assert.True((bool)(await api.InspectAsync(id))["State"]!["OOMKilled"]!);
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task A_container_that_ends_well_was_not_killed_for_memory()
    {
        string id = await api.RunAsync(Containers.Script("exit 137").Host("Memory", 16 << 20));
        Assert.Equal(137, await api.WaitAsync(id));
        Assert.False((bool)(await api.InspectAsync(id))["State"]!["OOMKilled"]!);
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task No_more_processes_than_the_limit_allows_can_be_made()
    {
        ShellResult result = await api.RunToEndAsync(Containers.Script("for i in 1 2 3 4 5 6 7 8 9 10; do sleep 5 & done; wait").Host("PidsLimit", 6));
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("can't fork", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_can_be_changed_while_it_runs()
    {
        string id = await api.RunAsync(Containers.Busybox("sleep", "1000").Host("Memory", 64 << 20));
        await api.PostAsync($"containers/{id}/update", new JsonObject { ["Memory"] = 32 << 20, ["MemorySwap"] = 64 << 20 });
        string cgroup = fixture.Daemon.Snapshot().Cgroups.First(path => path.Contains("/memory/", StringComparison.Ordinal) && path.EndsWith(id, StringComparison.Ordinal));
        Assert.Equal($"{32 << 20}", (await File.ReadAllTextAsync(cgroup + "/memory.limit_in_bytes")).Trim());
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task The_root_file_system_can_be_read_only()
    {
        ShellResult result = await api.RunToEndAsync(Containers.Script("echo x > /file").Host("ReadonlyRootfs", true));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Read-only file system", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_user_has_no_capabilities_and_its_groups()
    {
        ShellResult result = await api.RunToEndAsync(Containers.Script("id; grep CapEff /proc/self/status").With("User", "user"));
        Assert.StartsWith("uid=1000(user) gid=1000(users) groups=10(wheel)", result.Output.Replace(",1000(users)", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("CapEff:\t0000000000000000", result.Output, StringComparison.Ordinal);
    }
}
