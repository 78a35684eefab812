using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

[Trait("Needs", "Root")]
public sealed class MountOptionTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>, IAsyncLifetime
{
    private readonly EngineApi api = fixture.Api;
    private readonly string work = Directory.CreateTempSubdirectory("argosy-mounts-").FullName;

    /// <summary>A directory with a file system mounted below it.</summary>
    public Task InitializeAsync() => Shell.ShAsync($"mount -t tmpfs top {work} && mkdir {work}/below && mount -t tmpfs low {work}/below && touch {work}/below/file");

    public async Task DisposeAsync()
    {
        await Shell.ShAsync($"umount -R {work}");
        Directory.Delete(work);
    }

    [Theory]
    [InlineData("{}", "Read-only file system")]
    [InlineData("""{"ReadOnlyForceRecursive":true}""", "Read-only file system")]
    [InlineData("""{"ReadOnlyNonRecursive":true}""", "written")]
    public async Task Read_only_holds_for_what_is_mounted_below_unless_it_is_not_to(string options, string outcome)
    {
        ShellResult result = await api.RunToEndAsync(Containers.Script("touch /m/x; touch /m/below/x && echo written").Host("Mounts", Bind(options, readOnly: true)));
        Assert.Contains("/m/x: Read-only file system", result.Error, StringComparison.Ordinal);
        Assert.Contains(outcome, result.Output + result.Error.Replace("/m/x: Read-only", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"ReadOnlyForceRecursive":true}""")]
    public async Task A_file_is_read_only_too(string options)
    {
        await Shell.ShAsync($"printf secret > {work}/password");
        JsonArray mounts = Bind(options, readOnly: true);
        (mounts[0]!["Source"], mounts[0]!["Target"]) = (work + "/password", "/run/secrets/password");
        ShellResult result = await api.RunToEndAsync(Containers.Script("cat /run/secrets/password; echo x >> /run/secrets/password").Host("Mounts", mounts));
        Assert.Equal("secret", result.Output);
        Assert.Contains("Read-only file system", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "file")]
    [InlineData("""{"NonRecursive":true}""", "")]
    public async Task A_bind_is_with_all_that_is_below_or_without(string options, string listing) =>
        Assert.Equal(listing, (await api.RunToEndAsync(Containers.Busybox("ls", "/m/below").Host("Mounts", Bind(options)))).Succeeded());

    [Fact]
    public async Task A_missing_source_is_made_when_that_is_asked_for()
    {
        JsonArray mounts = Bind("""{"CreateMountpoint":true}""");
        mounts[0]!["Source"] = work + "/new/dir";
        await api.RunToEndAsync(Containers.Busybox("touch", "/m/made").Host("Mounts", mounts));
        Assert.True(File.Exists(work + "/new/dir/made"));
    }

    [Fact]
    public async Task Shared_propagation_needs_a_shared_mount_and_then_shows_new_mounts()
    {
        await Shell.ShAsync($"mount --make-rprivate {work}");
        string refused = await api.CreateAsync(Containers.Busybox("true").Host("Mounts", Bind("""{"Propagation":"rshared"}""")));
        ApiAnswer answer = await api.SendAsync(HttpMethod.Post, $"containers/{refused}/start");
        Assert.Equal((400, $"path {work} is mounted on {work} but it is not a shared mount"), (answer.Status, answer.Message));
        await api.RemoveAsync(refused);
        await Shell.ShAsync($"mount --make-rshared {work}");
        string id = await api.RunAsync(Containers.Busybox("sleep", "1000").Host("Mounts", Bind("""{"Propagation":"rslave"}""")));
        await Shell.ShAsync($"mkdir {work}/later && mount -t tmpfs later {work}/later && touch {work}/later/seen");
        Assert.Equal("seen", (await api.ExecAsync(id, "ls", "/m/later")).Succeeded());
        await api.RemoveAsync(id);
    }

    [Theory]
    [InlineData("rprivate", false, false)]
    [InlineData("rslave", true, false)]
    [InlineData("rshared", true, true)]
    public async Task Mounts_made_later_pass_in_and_out_as_the_propagation_says(string propagation, bool passesIn, bool passesOut)
    {
        await Shell.ShAsync($"mount --make-rshared {work}; mkdir {work}/in {work}/out");
        JsonObject spec = Containers.Busybox("sleep", "1000").Host("Mounts", Bind($$"""{"Propagation":"{{propagation}}"}""")).Host("Privileged", true);
        string id = await api.RunAsync(spec);
        await Shell.ShAsync($"mount -t tmpfs in {work}/in && touch {work}/in/seen");
        (await api.ExecAsync(id, "sh", "-c", "mount -t tmpfs out /m/out && touch /m/out/seen")).Succeeded();
        Assert.Equal(passesIn ? "seen" : "", (await api.ExecAsync(id, "ls", "/m/in")).Succeeded());
        Assert.Equal(passesOut, File.Exists($"{work}/out/seen"));
        await api.RemoveAsync(id);
    }

    [Theory]
    [InlineData("z", true)]
    [InlineData("ro,Z", false)]
    [InlineData("Z,rslave", true)]
    public async Task SELinuxs_labels_are_accepted_and_change_nothing_without_SELinux(string mode, bool writes)
    {
        await Shell.ShAsync($"mount --make-rshared {work}");
        ShellResult result = await api.RunToEndAsync(Containers.Script("touch /m/x && echo written").Host("Binds", new JsonArray($"{work}:/m:{mode}")));
        Assert.Equal(writes ? "written\n" : "", result.Output);
        Assert.Equal(writes, File.Exists($"{work}/x"));
    }

    [Fact]
    public async Task A_subpath_is_inside_its_volume_whatever_links_say()
    {
        await api.RunToEndAsync(Containers.Script("mkdir -p /v/a/b; echo deep > /v/a/b/file; ln -s /etc /v/out; ln -s a/b /v/in; echo one > /v/single").Host("Binds", new JsonArray("tree:/v")));
        Assert.Equal("deep", (await api.RunToEndAsync(Containers.Busybox("cat", "/s/file").Host("Mounts", Sub("a/b")))).Succeeded());
        Assert.Equal("deep", (await api.RunToEndAsync(Containers.Busybox("cat", "/s/file").Host("Mounts", Sub("in")))).Succeeded());
        Assert.Equal("one", (await api.RunToEndAsync(Containers.Busybox("cat", "/s").Host("Mounts", Sub("single")))).Succeeded());
        foreach (string missing in (string[])["none", "out"]) // /etc, seen from the volume, is not there
        {
            string id = await api.CreateAsync(Containers.Busybox("true").Host("Mounts", Sub(missing)));
            ApiAnswer answer = await api.SendAsync(HttpMethod.Post, $"containers/{id}/start");
            Assert.Equal(400, answer.Status);
            Assert.EndsWith($"_data/{missing}: no such file or directory", answer.Message, StringComparison.Ordinal);
            await api.RemoveAsync(id);
        }
        await api.DeleteAsync("volumes/tree");
    }

    [Fact]
    public async Task A_subpaths_mount_outlives_the_daemon_and_its_data_the_container()
    {
        await api.RunToEndAsync(Containers.Script("mkdir /v/d; echo kept > /v/d/file").Host("Binds", new JsonArray("lasting:/v")));
        string id = await api.RunAsync(Containers.Busybox("sleep", "1000").Host("Mounts", Sub("d", "lasting")));
        await fixture.Daemon.KillAsync();
        await fixture.Daemon.StartAgainAsync();
        Assert.Equal("kept", (await api.ExecAsync(id, "cat", "/s/file")).Succeeded());
        await api.RemoveAsync(id);
        Assert.DoesNotContain(fixture.Daemon.Snapshot().Mounts, mount => mount.Contains("/mounts/", StringComparison.Ordinal));
        Assert.Equal("kept", (await api.RunToEndAsync(Containers.Busybox("cat", "/v/d/file").Host("Binds", new JsonArray("lasting:/v")))).Succeeded());
        await api.DeleteAsync("volumes/lasting");
    }

    [Theory]
    [InlineData("size=1m,exec", "rw,nosuid,nodev,relatime,size=1024k")]
    [InlineData("ro,mode=700", "ro,nosuid,nodev,noexec,relatime,mode=700")]
    public async Task A_tmpfs_takes_the_kernels_options(string options, string mounted)
    {
        ShellResult result = await api.RunToEndAsync(Containers.Script("grep ' /t ' /proc/mounts").Host("Tmpfs", new JsonObject { ["/t"] = options }));
        Assert.Contains(mounted, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tmpfs_option_that_there_is_not_is_refused()
    {
        string id = await api.CreateAsync(Containers.Busybox("true").Host("Tmpfs", new JsonObject { ["/t"] = "colour=red" }));
        ApiAnswer answer = await api.SendAsync(HttpMethod.Post, $"containers/{id}/start");
        Assert.Equal((400, "invalid tmpfs option [\"colour=red\"]"), (answer.Status, answer.Message));
        await api.RemoveAsync(id);
    }

    private JsonArray Bind(string options, bool readOnly = false) =>
        new(new JsonObject { ["Type"] = "bind", ["Source"] = work, ["Target"] = "/m", ["ReadOnly"] = readOnly, ["BindOptions"] = JsonNode.Parse(options) });

    private static JsonArray Sub(string path, string volume = "tree") =>
        new(new JsonObject { ["Type"] = "volume", ["Source"] = volume, ["Target"] = "/s", ["VolumeOptions"] = new JsonObject { ["Subpath"] = path } });
}
