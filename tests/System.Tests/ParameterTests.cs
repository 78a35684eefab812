using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>Parameters of the container endpoints that change something in the kernel or on disk.</summary>
[Trait("Needs", "Root")]
public sealed class ParameterTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>
{
    private readonly EngineApi api = fixture.Api;

    [Fact]
    public async Task A_new_volume_is_filled_when_the_container_is_made()
    {
        string id = await api.CreateAsync(Containers.Busybox("true").Host("Binds", new JsonArray("early:/etc", "bare:/home/x:nocopy")));
        Assert.StartsWith("root:x:0:0", (await api.RunToEndAsync(Containers.Busybox("cat", "/v/passwd").Host("Binds", new JsonArray("early:/v")))).Output, StringComparison.Ordinal);
        await api.StartAsync(id);
        Assert.Equal(0, await api.WaitAsync(id));
        await api.RemoveAsync(id);
        await api.DeleteAsync("volumes/early");
        await api.DeleteAsync("volumes/bare");
    }

    [Theory]
    [InlineData("user", "copyUIDGID=1", "1000 1000")]
    [InlineData("user", "", "12 34")]
    [InlineData("", "copyUIDGID=1", "12 34")]
    public async Task Files_can_be_given_to_the_containers_user(string user, string query, string owner)
    {
        string id = await api.CreateAsync(Containers.Busybox("stat", "-c", "%u %g", "/root/file").With("User", user));
        string work = Directory.CreateTempSubdirectory("argosy-owner-").FullName;
        await Shell.ShAsync($"cd {work}; echo x > file; chown 12:34 file; tar -cf f.tar file");
        await using (FileStream tar = File.OpenRead($"{work}/f.tar"))
            await api.UploadAsync(HttpMethod.Put, $"containers/{id}/archive?path=/root&{query}", tar);
        await Shell.ShAsync($"rm -r {work}");
        byte[] back = (await api.SendAsync(HttpMethod.Get, $"containers/{id}/archive?path=/root/file")).Succeeded().Body;
        using var reader = new System.Formats.Tar.TarReader(new MemoryStream(back));
        System.Formats.Tar.TarEntry entry = (await reader.GetNextEntryAsync())!;
        Assert.Equal(owner, $"{entry.Uid} {entry.Gid}");
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task An_update_that_contradicts_the_container_is_refused()
    {
        string id = await api.CreateAsync(Containers.Busybox("true").Host("NanoCpus", 500_000_000).Host("Memory", 32 << 20));
        Assert.Equal((409, $"Cannot update container {id}: Conflicting options: CPU Period cannot be updated as NanoCPUs has already been set"), await UpdateAsync(id, "CpuPeriod", 5000));
        Assert.Equal((409, $"Cannot update container {id}: Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time"), await UpdateAsync(id, "Memory", 128 << 20));
        Assert.Equal((501, "Ulimits of a container cannot be updated: make a new container"), await UpdateAsync(id, "Ulimits", new JsonArray(new JsonObject { ["Name"] = "nofile", ["Soft"] = 1, ["Hard"] = 1 })));
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task An_update_of_every_limit_reaches_the_cgroup_and_inspect()
    {
        string id = await api.RunAsync(Containers.Busybox("sleep", "1000").Host("Memory", 64 << 20).Host("PidsLimit", 9));
        var body = new JsonObject { ["Memory"] = 32 << 20, ["MemorySwap"] = 48 << 20, ["MemoryReservation"] = 16 << 20, ["CpuShares"] = 77, ["CpuPeriod"] = 50_000, ["CpuQuota"] = 25_000, ["CpusetCpus"] = "0", ["PidsLimit"] = -1, ["RestartPolicy"] = new JsonObject { ["Name"] = "on-failure", ["MaximumRetryCount"] = 3 } };
        await api.PostAsync($"containers/{id}/update", body);
        string text = (await api.ExecAsync(id, "sh", "-c", "cd /sys/fs/cgroup; cat memory/memory.limit_in_bytes memory/memory.memsw.limit_in_bytes memory/memory.soft_limit_in_bytes cpu/cpu.shares cpu/cpu.cfs_period_us cpu/cpu.cfs_quota_us cpuset/cpuset.cpus pids/pids.max")).Succeeded();
        Assert.Equal([$"{32 << 20}", $"{48 << 20}", $"{16 << 20}", "77", "50000", "25000", "0", "max"], text.Split('\n'));
        JsonNode host = (await api.InspectAsync(id))["HostConfig"]!;
        Assert.Equal((32 << 20, 77, "on-failure"), ((int)host["Memory"]!, (int)host["CpuShares"]!, (string)host["RestartPolicy"]!["Name"]!));
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task The_start_of_an_exec_says_how_its_streams_come_and_how_big_its_terminal_is()
    {
        string id = await api.RunAsync(Containers.Busybox("sleep", "1000"));
        string exec = await api.CreateExecAsync(id, tty: true, "sh", "-c", "until stty size 2>/dev/null; do sleep 0.05; done");
        await using (HijackedConnection plain = await api.HijackAsync($"exec/{exec}/start", new JsonObject { ["Tty"] = true, ["ConsoleSize"] = new JsonArray(21, 43) }))
            Assert.Equal("21 43\r\n", Encoding.UTF8.GetString(await plain.ReadRawAsync()));
        exec = await api.CreateExecAsync(id, tty: true, "echo", "framed");
        await using (HijackedConnection framed = await api.HijackAsync($"exec/{exec}/start", new JsonObject()))
            Assert.Equal("framed\r\n", Encoding.UTF8.GetString((await framed.ReadFramesAsync()).Output));
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task A_containers_terminal_has_the_size_that_is_asked_for()
    {
        string id = await api.RunAsync(Containers.Busybox("stty", "size").With("Tty", true).Host("ConsoleSize", new JsonArray(21, 43)));
        Assert.Equal(0, await api.WaitAsync(id));
        ApiAnswer log = (await api.SendAsync(HttpMethod.Get, $"containers/{id}/logs?stdout=1")).Succeeded();
        Assert.Equal("21 43\r\n", Encoding.UTF8.GetString(log.Body));
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task A_list_is_narrowed_by_every_filter()
    {
        await api.PostAsync("networks/create", new JsonObject { ["Name"] = "listnet" });
        string one = await api.RunAsync(Containers.Busybox("sleep", "1000").With("Labels", new JsonObject { ["a"] = "b" }).Host("Binds", new JsonArray("listvol:/data")), "list-one");
        string two = await api.RunAsync(Containers.Script("exit 3").On("listnet"), "list-two");
        await api.WaitAsync(two);
        string three = await api.CreateAsync(Containers.Busybox("true"), "list-three");
        foreach ((string filter, string expected) in ((string, string)[])
        [
            ("""{"name":["list-"]}""", "list-three list-two list-one"), ("""{"name":["^/list-o"]}""", "list-one"), ("""{"label":["a=b"]}""", "list-one"), ("""{"label":["a=c"]}""", ""),
            ("""{"volume":["listvol"]}""", "list-one"), ("""{"volume":["/data"]}""", "list-one"), ("""{"network":["listnet"]}""", "list-two"), ("""{"exited":["3"]}""", "list-two"),
            ("""{"status":["created"]}""", "list-three"), ("""{"before":["list-two"]}""", "list-one"), ("""{"since":["list-two"]}""", "list-three"), ("""{"is-task":["true"]}""", ""),
            ("""{"health":["none"],"status":["running"]}""", "list-one"), ("""{"ancestor":["busybox"]}""", "list-three list-two list-one"),
        ])
            Assert.Equal((filter, expected), (filter, string.Join(' ', (await api.GetAsync($"containers/json?all=1&filters={WebUtility.UrlEncode(filter)}")).AsArray().Select(entry => ((string)entry!["Names"]![0]!)[1..]))));
        foreach (string wrong in (string[])["""{"label!":["a"]}""", """{"health":["x"]}""", """{"exited":["x"]}""", """{"is-task":["x"]}""", """{"publish":["80-70"]}""", """{"status":["x"]}"""])
            Assert.Equal((wrong, 400), (wrong, (await api.SendAsync(HttpMethod.Get, $"containers/json?filters={WebUtility.UrlEncode(wrong)}")).Status));
        foreach (string id in (string[])[one, two, three])
            await api.RemoveAsync(id);
        await api.DeleteAsync("networks/listnet");
        await api.DeleteAsync("volumes/listvol");
    }

    private async Task<(int Status, string Message)> UpdateAsync(string id, string field, JsonNode value)
    {
        ApiAnswer answer = await api.SendAsync(HttpMethod.Post, $"containers/{id}/update", new JsonObject { [field] = value });
        return (answer.Status, answer.Message);
    }
}
