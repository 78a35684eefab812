using System.Text;
using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>RUN --mount against the real kernel: what the command sees, and that nothing of it stays.</summary>
[Trait("Needs", "Root")]
public sealed class BuildMountTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>, IDisposable
{
    private readonly PrivateDaemon daemon = fixture.Daemon;
    private readonly BuildClient client = new(fixture.Daemon);

    private readonly string directory = Directory.CreateTempSubdirectory("argosy-mounts-").FullName;

    public void Dispose()
    {
        client.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    private Dictionary<string, string?> Environment => new() { ["DOCKER_HOST"] = daemon.Host };

    [Fact]
    public async Task Mounts_are_there_for_the_command_and_not_in_its_layer()
    {
        await client.AddContextAsync("named", ("n", "named\n"));
        string output = await client.BuildAsync("t=mounted", """
            FROM busybox AS tools
            RUN echo tool > /tool && ln -s /etc/../tool /link
            FROM busybox
            RUN --mount=target=/src/ctx --mount=from=tools,source=/link,target=/src/tool --mount=from=named,target=/named,rw \
                --mount=type=tmpfs,target=/mem,size=1m --mount=type=cache,target=/var/cache/x,uid=1000,mode=0700 \
                cat /src/ctx/a /src/tool /named/n && ! touch /src/ctx/b 2>/dev/null && touch /named/new /mem/x /var/cache/x/y && df -k /mem | tail -1 && stat -c '%a %u' /var/cache/x
            RUN --mount=type=cache,target=/var/cache/x ls /var/cache/x && ls -d /src /named /mem /var/cache 2>/dev/null || true
            """, ("a", "context\n"));
        Assert.Contains("context\ntool\nnamed\n", output, StringComparison.Ordinal);
        Assert.Matches(@"tmpfs +1024 ", output);
        Assert.Contains("\n700 1000\n", output, StringComparison.Ordinal);
        Assert.Contains("\ny\n", output, StringComparison.Ordinal);
        JsonNode image = await daemon.Api.GetAsync("images/mounted/json");
        Assert.Single(image["RootFS"]!["Layers"]!.AsArray());
        Assert.DoesNotContain(daemon.Snapshot().Files.Concat(daemon.Snapshot().Mounts), path => path.Contains("build-", StringComparison.Ordinal) && !path.Contains("build-mounts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stage_stands_on_a_directory_that_was_handed_over()
    {
        const string Dockerfile = "FROM root AS base\nENV A=b\nFROM base\nRUN [\"/bin/busybox\", \"sh\", \"-c\", \"/bin/busybox cat /etc/motd > /copy\"]\nCOPY --from=root /etc/motd /again\n";
        await WriteRootAsync("hello");
        await ArgosyAsync(Dockerfile);
        Assert.Equal("hello\n", (await Shell.RunAsync(Repository.Cli, ["run", "--rm", "rooted", "/bin/busybox", "cat", "/copy"], environment: Environment)).Output);
        JsonNode image = await daemon.Api.GetAsync("images/rooted/json");
        Assert.Equal(3, image["RootFS"]!["Layers"]!.AsArray().Count);
        Assert.Equal(3, (await ArgosyAsync(Dockerfile)).Split(" ---> Using cache\n").Length - 1);
        await WriteRootAsync("changed");
        Assert.DoesNotContain("Using cache", await ArgosyAsync(Dockerfile), StringComparison.Ordinal);
        Assert.Equal("changed\n", (await Shell.RunAsync(Repository.Cli, ["run", "--rm", "rooted", "/bin/busybox", "cat", "/again"], environment: Environment)).Output);
    }

    [Fact]
    public async Task A_cache_survives_a_restart_is_accounted_and_is_pruned()
    {
        await client.BuildAsync("", "FROM busybox\nRUN --mount=type=cache,id=kept,target=/c dd if=/dev/zero of=/c/big bs=1M count=3 && echo one > /c/file");
        await daemon.StopAsync();
        await daemon.StartAgainAsync();
        Assert.Contains("one\n", await client.BuildAsync("", "FROM busybox\nRUN --mount=type=cache,id=kept,target=/other,ro cat /other/file; ! touch /other/x"), StringComparison.Ordinal);
        JsonNode? entry = (await daemon.Api.GetAsync("system/df?type=build-cache"))["BuildCache"]!.AsArray().Single(entry => (string?)entry!["Description"] == "cached mount kept");
        Assert.Equal(("exec.cachemount", 2), ((string?)entry!["Type"], (int)entry["UsageCount"]!));
        Assert.InRange((long)entry["Size"]!, 3 << 20, 4 << 20);
        JsonNode spared = (await daemon.Api.PostAsync("build/prune?filters=%7B%22type%22%3A%5B%22exec.cachemount%22%5D%7D&keep-storage=1073741824")).Json;
        Assert.Empty(spared["CachesDeleted"]!.AsArray());
        JsonNode pruned = (await daemon.Api.PostAsync("build/prune?filters=%7B%22type%22%3A%5B%22exec.cachemount%22%5D%7D")).Json;
        Assert.Contains((string?)entry["ID"], pruned["CachesDeleted"]!.AsArray().Select(id => (string?)id));
        Assert.InRange((long)pruned["SpaceReclaimed"]!, 3 << 20, 5 << 20);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(daemon.DataRoot, "build-mounts")));
    }

    [Fact]
    public async Task A_secret_is_in_no_byte_of_the_data_root()
    {
        string secret = "S3cr3t" + Guid.NewGuid().ToString("N");
        await client.AddSecretAsync("token", secret);
        string output = await client.BuildAsync("t=secretive", """
            FROM busybox
            RUN --mount=type=secret,id=token,uid=1000,mode=0440 --mount=type=secret,id=token,env=TOKEN test ${#TOKEN} = 38 && \
                test "$(cat /run/secrets/token)" = "$TOKEN" && stat -c '%a %u' /run/secrets/token && stat -f -c %T /run/secrets/token && echo "$TOKEN" | sha256sum > /sum
            RUN ls /run/secrets 2>&1; cat /sum
            """);
        Assert.Contains("440 1000\ntmpfs\n", output, StringComparison.Ordinal);
        Assert.Contains("No such file", output, StringComparison.Ordinal);
        await daemon.StopAsync();
        foreach (string file in Directory.EnumerateFiles(daemon.Root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
        {
            byte[] bytes = await File.ReadAllBytesAsync(file);
            Assert.False(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0, file);
        }
        await daemon.StartAgainAsync();
    }

    [Fact]
    public async Task A_daemon_killed_with_a_secret_mounted_unmounts_it_at_its_next_start()
    {
        await client.AddSecretAsync("token", "x");
        Task build = client.TryAsync("", "FROM busybox\nRUN --mount=type=secret,id=token --mount=type=cache,id=cut,target=/c sleep 2222");
        await Poll.UntilAsync(() => daemon.Snapshot().Mounts.Any(path => path.Contains("/secrets/", StringComparison.Ordinal)), "the secret is mounted");
        await daemon.KillAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => build);
        await daemon.StartAgainAsync();
        Assert.DoesNotContain(daemon.Snapshot().Mounts, path => path.Contains("/secrets/", StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(daemon.ExecRoot, "secrets")));
    }

    /// <summary>A root with busybox, a link that leads up, and a message.</summary>
    private Task<string> WriteRootAsync(string message) => Shell.ShAsync(
        $"mkdir -p {directory}/root/bin {directory}/root/etc && cp $(command -v busybox) {directory}/root/bin/ && ln -sfn ../../../etc/passwd {directory}/root/up && echo {message} > {directory}/root/etc/motd");

    private async Task<string> ArgosyAsync(string dockerfile)
    {
        Directory.CreateDirectory($"{directory}/context");
        await File.WriteAllTextAsync($"{directory}/context/Dockerfile", dockerfile);
        return (await Shell.RunAsync(Repository.Cli, ["build", "-t", "rooted", "--build-context", $"root={directory}/root", $"{directory}/context"], environment: Environment)).Succeeded();
    }
}
