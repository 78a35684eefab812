using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

[Trait("Needs", "Root")]
public sealed class NamespaceTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>
{
    private readonly EngineApi api = fixture.Api;

    [Fact]
    public async Task A_shareable_ipc_namespace_is_shared_with_its_memory()
    {
        string donor = await api.RunAsync(Containers.Script("echo shared > /dev/shm/word; exec sleep 1000").Host("IpcMode", "shareable").Host("ShmSize", 1 << 20));
        await Poll.UntilAsync(async () => (await api.ExecAsync(donor, "test", "-s", "/dev/shm/word")).ExitCode == 0, "the word is there");
        ShellResult guest = await api.RunToEndAsync(Containers.Script("cat /dev/shm/word; readlink /proc/self/ns/ipc; df -k /dev/shm | tail -1").Host("IpcMode", "container:" + donor));
        string[] lines = guest.Succeeded().Split('\n');
        Assert.Equal("shared", lines[0]);
        Assert.Equal((await api.ExecAsync(donor, "readlink", "/proc/self/ns/ipc")).Succeeded(), lines[1]);
        Assert.Contains(" 1024 ", lines[2], StringComparison.Ordinal);
        await api.PostAsync($"containers/{donor}/stop?t=0");
        ApiAnswer late = await StartAsync(Containers.Busybox("true").Host("IpcMode", "container:" + donor));
        Assert.Equal(409, late.Status);
        Assert.Contains("is not running", late.Message, StringComparison.Ordinal);
        // The memory went with the run, and comes back empty.
        await api.StartAsync(donor);
        await Poll.UntilAsync(async () => (await api.ExecAsync(donor, "test", "-s", "/dev/shm/word")).ExitCode == 0, "it runs again");
        await api.RemoveAsync(donor);
    }

    [Fact]
    public async Task A_private_ipc_namespace_is_not_joined()
    {
        string donor = await api.RunAsync(Containers.Busybox("sleep", "1000"));
        ApiAnswer answer = await StartAsync(Containers.Busybox("true").Host("IpcMode", "container:" + donor));
        Assert.Equal((409, $"can't join IPC of container {donor}: non-shareable IPC (hint: use IpcMode:shareable for the donor container)"), (answer.Status, answer.Message));
        await api.RemoveAsync(donor);
    }

    [Fact]
    public async Task Without_ipc_there_is_no_shared_memory()
    {
        ShellResult result = await api.RunToEndAsync(Containers.Script("grep -c ' /dev/shm ' /proc/mounts").Host("IpcMode", "none"));
        Assert.Equal("0\n", result.Output);
    }

    [Fact]
    public async Task The_hosts_namespaces_are_the_hosts()
    {
        ShellResult result = await api.RunToEndAsync(Containers.Script("for n in pid ipc uts net cgroup; do readlink /proc/self/ns/$n; done; hostname")
            .Host("PidMode", "host").Host("IpcMode", "host").Host("UTSMode", "host").Host("NetworkMode", "host").Host("CgroupnsMode", "host"));
        string host = await Shell.ShAsync("for n in pid ipc uts net cgroup; do readlink /proc/self/ns/$n; done; hostname");
        Assert.Equal(host.Trim(), result.Succeeded());
    }

    [Fact]
    public async Task Another_containers_processes_are_seen()
    {
        string other = await api.RunAsync(Containers.Busybox("sleep", "4321"));
        Assert.Contains("sleep 4321", (await api.RunToEndAsync(Containers.Busybox("ps").Host("PidMode", "container:" + other))).Output, StringComparison.Ordinal);
        await api.RemoveAsync(other);
        ApiAnswer missing = await api.SendAsync(HttpMethod.Post, "containers/create", Containers.Busybox("true").Host("PidMode", "container:none"));
        Assert.Equal((400, "No such container: none"), (missing.Status, missing.Message));
    }

    private async Task<ApiAnswer> StartAsync(JsonObject body)
    {
        string id = await api.CreateAsync(body);
        ApiAnswer answer = await api.SendAsync(HttpMethod.Post, $"containers/{id}/start");
        await api.RemoveAsync(id);
        return answer;
    }
}
