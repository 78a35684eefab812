using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>Mounts of type <c>image</c>: another image's files, read-only.</summary>
[Trait("Needs", "Root")]
public sealed class ImageMountTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>
{
    private readonly EngineApi api = fixture.Api;

    [Fact]
    public async Task The_files_are_there_and_cannot_be_written()
    {
        string image = await ImageAsync("files", "mkdir /data && echo one > /data/file && rm /bin/vi");
        string id = await CreateAsync(Containers.Script("cat /m/data/file; ls /m/bin/vi; touch /m/data/new; ls /m | grep -c bin"), Mount(image));
        ShellResult result = await RunAsync(id);
        Assert.Equal("one\n1\n", result.Output);
        Assert.Contains("/m/bin/vi: No such file or directory", result.Error, StringComparison.Ordinal);
        Assert.Contains("/m/data/new: Read-only file system", result.Error, StringComparison.Ordinal);
        JsonNode mount = (await api.InspectAsync(id))["Mounts"]![0]!;
        Assert.Equal(("image", image, "/m", false), ((string)mount["Type"]!, (string)mount["Source"]!, (string)mount["Destination"]!, (bool)mount["RW"]!));
        await api.RemoveAsync(id);
        await api.DeleteAsync($"images/{image}");
    }

    [Theory]
    [InlineData("data", "ls /m", "file\nlink\n")]
    [InlineData("data/file", "cat /m", "one\n")]
    [InlineData("data/link", "cat /m/hostname", "of the image\n")]
    public async Task A_part_of_it_is_mounted_and_links_stay_inside(string subPath, string script, string expected)
    {
        string image = await ImageAsync("parts", "mkdir /data && echo one > /data/file && mkdir -p /below/etc && echo of the image > /below/etc/hostname && ln -s /below/etc /data/link");
        string id = await CreateAsync(Containers.Script(script), Mount(image, subPath));
        Assert.Equal(expected, (await RunAsync(id)).Output);
        await api.RemoveAsync(id);
        await api.DeleteAsync($"images/{image}");
    }

    [Fact]
    public async Task A_container_keeps_the_files_of_an_image_that_was_removed()
    {
        string image = await ImageAsync("gone", "echo kept > /kept");
        string id = await CreateAsync(Containers.Script("cat /m/kept"), Mount(image));
        await api.DeleteAsync($"images/{image}");
        await api.PostAsync("images/prune");
        await fixture.Daemon.KillAsync();
        await fixture.Daemon.StartAgainAsync();
        Assert.Equal("kept\n", (await RunAsync(id)).Output);
        await api.RemoveAsync(id);
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(fixture.Daemon.ExecRoot, "mounts")));
    }

    [Fact]
    public async Task What_is_not_there_is_an_error_and_nothing_is_left()
    {
        ApiAnswer answer = await TryCreateAsync(Containers.Busybox("true"), Mount("no-such-image"));
        Assert.Equal((404, "No such image: no-such-image:latest"), (answer.Status, (string)answer.Json["message"]!));
        string id = await CreateAsync(Containers.Busybox("true"), Mount("busybox", "no/such/path"));
        answer = await api.SendAsync(HttpMethod.Post, $"containers/{id}/start");
        Assert.Equal(400, answer.Status);
        Assert.Contains("no/such/path: no such file or directory", (string)answer.Json["message"]!, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(fixture.Daemon.ExecRoot, "mounts", id)));
        await api.RemoveAsync(id);
    }

    private async Task<string> ImageAsync(string name, string script)
    {
        string id = await api.RunAsync(Containers.Script(script));
        Assert.Equal(0, await api.WaitAsync(id));
        await api.PostAsync($"commit?container={id}&repo={name}&tag=1");
        await api.RemoveAsync(id);
        return name + ":1";
    }

    private static JsonArray Mount(string image, string? subPath = null) =>
        [new JsonObject { ["Type"] = "image", ["Source"] = image, ["Target"] = "/m", ["ImageOptions"] = subPath is null ? null : new JsonObject { ["Subpath"] = subPath } }];

    private async Task<string> CreateAsync(JsonObject body, JsonArray mounts) => (string)(await TryCreateAsync(body, mounts)).Succeeded().Json["Id"]!;

    /// <summary>By the first version of the API that has them.</summary>
    private Task<ApiAnswer> TryCreateAsync(JsonObject body, JsonArray mounts) => api.SendAsync(HttpMethod.Post, "/v1.48/containers/create", body.Host("Mounts", mounts));

    private async Task<ShellResult> RunAsync(string id)
    {
        await api.StartAsync(id);
        int code = await api.WaitAsync(id);
        return new ShellResult("container", code, await api.LogsAsync(id, "stdout=1"), await api.LogsAsync(id, "stderr=1"));
    }
}
