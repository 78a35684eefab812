using Argosy.Testing;

namespace Argosy.SystemTests;

[Trait("Needs", "Root")]
public sealed class NeighbourTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>
{
    [Fact]
    public async Task Two_daemons_do_not_disturb_each_other()
    {
        EngineApi first = fixture.Api;
        string id = await first.RunAsync(Containers.Script("exec httpd -f -p 80 -h /etc").Publish(80), "same-name");
        int port = await first.HostPortAsync(id, 80);
        // The daemon fills its pool of four namespaces again behind the start.
        await Poll.UntilAsync(() => fixture.Daemon.Snapshot().Mounts.Count(mount => mount.Contains("/netns/", StringComparison.Ordinal)) == 5, "the pool is full");
        HostSnapshot before = fixture.Daemon.Snapshot();
        await using (PrivateDaemon second = await PrivateDaemon.StartAsync())
        {
            string other = await second.Api.RunAsync(Containers.Busybox("sleep", "1000").Publish(80), "same-name");
            Assert.NotEqual(port, await second.Api.HostPortAsync(other, 80));
            Assert.Equal(404, (await second.Api.SendAsync(HttpMethod.Get, $"containers/{id}/json")).Status);
            await second.KillAsync();
            await second.StartAgainAsync();
            Assert.Equal("running", await second.Api.StatusAsync(other));
        }
        Assert.Contains("root:x:0", await Shell.ShAsync($"curl -s -m 5 http://127.0.0.1:{port}/passwd"), StringComparison.Ordinal);
        Assert.Equal(before.ToString(), fixture.Daemon.Snapshot().ToString());
        await first.RemoveAsync(id);
    }

    [Theory]
    [InlineData("--data-root", "another argosyd uses")]
    [InlineData("--exec-root", "another argosyd uses")]
    [InlineData("--instance", "another argosyd of this host is called")]
    public async Task A_daemon_that_would_share_a_root_or_the_name_of_another_does_not_start(string shared, string reason)
    {
        PrivateDaemon first = fixture.Daemon;
        string root = Directory.CreateTempSubdirectory("argosy-second-").FullName;
        var options = new Dictionary<string, string> { ["--data-root"] = root + "/data", ["--exec-root"] = root + "/run", ["--instance"] = first.Instance + "second" };
        options[shared] = shared switch { "--data-root" => first.DataRoot, "--exec-root" => first.ExecRoot, _ => first.Instance };
        ShellResult refused = await Shell.RunAsync(Repository.Daemon, [.. options.SelectMany(option => new[] { option.Key, option.Value })]);
        Directory.Delete(root, recursive: true);
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains($"{reason} {options[shared]}; give this one", refused.Error + refused.Output, StringComparison.Ordinal);
        Assert.Equal(200, (await first.Api.SendAsync(HttpMethod.Get, "/_ping")).Status);
    }
}
