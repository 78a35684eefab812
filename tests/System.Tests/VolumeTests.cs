using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

[Trait("Needs", "Root")]
public sealed class VolumeTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>
{
    private readonly EngineApi api = fixture.Api;

    [Fact]
    public async Task A_named_volume_begins_with_what_the_image_has_there_and_survives_the_container()
    {
        string id = await api.RunAsync(Containers.Script("cat /etc/passwd | head -1; echo mine > /etc/mine").Host("Binds", new JsonArray("kept:/etc")));
        Assert.Equal(0, await api.WaitAsync(id));
        Assert.StartsWith("root:x:0:0", await api.LogsAsync(id), StringComparison.Ordinal);
        await api.RemoveAsync(id);
        ShellResult second = await api.RunToEndAsync(Containers.Busybox("cat", "/data/mine", "/data/group").Host("Binds", new JsonArray("kept:/data:ro")));
        Assert.StartsWith("mine\nroot:x:0:", second.Succeeded(), StringComparison.Ordinal);
        await api.DeleteAsync("volumes/kept");
    }

    [Fact]
    public async Task Inspect_tells_what_a_volume_takes_when_asked()
    {
        string id = await api.CreateAsync(Containers.Busybox("true").Host("Binds", new JsonArray("sized:/data")));
        string path = (string)(await api.GetAsync("volumes/sized"))["Mountpoint"]!;
        await File.WriteAllBytesAsync(Path.Combine(path, "file"), new byte[200_000]);
        Assert.Null((await api.GetAsync("volumes/sized"))["UsageData"]);
        JsonNode usage = (await api.GetAsync("volumes/sized?size=1"))["UsageData"]!;
        Assert.Equal(1, (int)usage["RefCount"]!);
        Assert.InRange((long)usage["Size"]!, 200_000, 220_000);
        string shown = (await Shell.RunAsync(Repository.Cli, ["-H", fixture.Daemon.Host, "volume", "inspect", "--size", "-f", "{{.UsageData.Size}}", "sized"])).Succeeded();
        Assert.Equal($"{usage["Size"]}", shown.Trim());
        await api.RemoveAsync(id);
        await api.DeleteAsync("volumes/sized");
    }

    [Fact]
    public async Task A_volume_in_use_cannot_be_removed()
    {
        string id = await api.CreateAsync(Containers.Busybox("true").Host("Binds", new JsonArray("busy:/data")));
        ApiAnswer answer = await api.SendAsync(HttpMethod.Delete, "volumes/busy");
        Assert.Equal(409, answer.Status);
        Assert.Contains("volume is in use", answer.Message, StringComparison.Ordinal);
        await api.RemoveAsync(id);
        await api.DeleteAsync("volumes/busy");
    }

    [Fact]
    public async Task A_bind_shows_the_hosts_directory_both_ways()
    {
        string directory = Directory.CreateTempSubdirectory("argosy-bind-").FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, "from-host"), "host");
        ShellResult result = await api.RunToEndAsync(Containers.Script("cat /bind/from-host; echo guest > /bind/from-guest; echo no > /sealed/x")
            .Host("Binds", new JsonArray($"{directory}:/bind", $"{directory}:/sealed:ro")));
        Assert.Equal("host", result.Output);
        Assert.Contains("Read-only file system", result.Error, StringComparison.Ordinal);
        Assert.Equal("guest\n", await File.ReadAllTextAsync(Path.Combine(directory, "from-guest")));
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_tmpfs_has_the_size_that_is_asked_for()
    {
        ShellResult result = await api.RunToEndAsync(Containers.Script("grep ' /scratch ' /proc/mounts; dd if=/dev/zero of=/scratch/x bs=1M count=2")
            .Host("Tmpfs", new JsonObject { ["/scratch"] = "size=1m" }));
        Assert.Contains("tmpfs /scratch tmpfs", result.Output, StringComparison.Ordinal);
        Assert.Contains("No space left on device", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Volumes_from_another_container_are_the_same_volumes()
    {
        string first = await api.RunAsync(Containers.Script("echo shared > /data/file; exec sleep 1000").With("Volumes", new JsonObject { ["/data"] = new JsonObject() }));
        await Poll.UntilAsync(async () => (await api.ExecAsync(first, "test", "-s", "/data/file")).ExitCode == 0, "the file is there");
        ShellResult second = await api.RunToEndAsync(Containers.Busybox("cat", "/data/file").Host("VolumesFrom", new JsonArray(first)));
        Assert.Equal("shared", second.Succeeded());
        await api.RemoveAsync(first);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Files_are_copied_in_and_out(bool running)
    {
        string id = await api.CreateAsync(Containers.Busybox("sleep", "1000"));
        if (running)
            await api.StartAsync(id);
        string work = Directory.CreateTempSubdirectory("argosy-copy-").FullName;
        await Shell.ShAsync($"cd {work}; mkdir in; printf content > in/file; chmod 640 in/file; ln -s file in/link; chown 12:34 in/file; tar -cf in.tar in");
        await using (FileStream tar = File.OpenRead($"{work}/in.tar"))
            await api.UploadAsync(HttpMethod.Put, $"containers/{id}/archive?path=/root", tar);
        byte[] back = (await api.SendAsync(HttpMethod.Get, $"containers/{id}/archive?path=/root/in")).Succeeded().Body;
        await File.WriteAllBytesAsync($"{work}/out.tar", back);
        string listing = await Shell.ShAsync($"cd {work}; mkdir out; tar -xpf out.tar -C out; cat out/in/file; stat -c ' %a %u %g ' out/in/file; readlink out/in/link");
        Assert.Equal("content 640 12 34 \nfile", listing);
        Assert.Equal(404, (await api.SendAsync(HttpMethod.Get, $"containers/{id}/archive?path=/none")).Status);
        Directory.Delete(work, recursive: true);
        await api.RemoveAsync(id);
    }
}
