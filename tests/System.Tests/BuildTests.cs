using System.Formats.Tar;
using System.Text;
using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>Builds against the real kernel: overlay, runtime, network; and what is left of them when they go wrong.</summary>
[Trait("Needs", "Root")]
public sealed class BuildTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>
{
    private readonly PrivateDaemon daemon = fixture.Daemon;

    [Fact]
    public async Task Stages_copies_owners_and_archives_come_together()
    {
        string output = await BuildAsync("t=app:1&buildargs=%7B%22WHO%22%3A%22me%22%7D", """
            FROM busybox AS build
            ARG WHO
            RUN mkdir /out && echo "built for $WHO" > /out/result && ln -s result /out/link && chown -R 1000:10 /out
            FROM busybox AS unused
            RUN exit 1
            FROM busybox
            COPY --from=build /out /copied
            COPY --chown=user:wheel --chmod=0750 dir/ /dir/
            ADD archive.tar /unpacked/
            WORKDIR /work
            USER user
            RUN id -u && stat -c '%n %a %u:%g' /copied /copied/result /dir/a /unpacked/in/file && cat /copied/link
            CMD ["cat", "/copied/link"]
            """, ("dir/a", "a"));
        Assert.Contains("1000\n/copied 755 0:0\n/copied/result 644 1000:10\n/dir/a 750 1000:10\n/unpacked/in/file 600 0:0\nbuilt for me\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("exit 1", output, StringComparison.Ordinal);
        Assert.EndsWith("Successfully tagged app:1\n", output, StringComparison.Ordinal);
        JsonNode image = await daemon.Api.GetAsync("images/app:1/json");
        Assert.Equal("/work", (string?)image["Config"]!["WorkingDir"]);
        Assert.Equal("user", (string?)image["Config"]!["User"]);
    }

    [Fact]
    public async Task A_second_build_takes_everything_from_the_cache_also_after_a_restart()
    {
        const string Dockerfile = "FROM busybox\nCOPY a /a\nRUN cat /proc/sys/kernel/random/uuid > /random\nCMD [\"true\"]";
        string first = await BuildAsync("", Dockerfile, ("a", "1"));
        await daemon.StopAsync();
        await daemon.StartAgainAsync();
        string second = await BuildAsync("", Dockerfile, ("a", "1"));
        Assert.Equal(first.Split('\n')[^2], second.Split('\n')[^2]);
        Assert.Equal(2, second.Split("---> Using cache").Length - 1);
        string third = await BuildAsync("nocache=1", Dockerfile, ("a", "1"));
        Assert.NotEqual(first.Split('\n')[^2], third.Split('\n')[^2]);
        JsonNode pruned = (await daemon.Api.PostAsync("build/prune")).Json;
        Assert.True(pruned["CachesDeleted"]!.AsArray().Count >= 2);
        Assert.DoesNotContain("---> Using cache", await BuildAsync("", Dockerfile, ("a", "1")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_step_only_needs_for_running_is_not_in_its_layer()
    {
        await BuildAsync("t=bare", "FROM scratch\nCOPY --from=busybox /bin/busybox /bin/busybox\nRUN [\"/bin/busybox\", \"true\"]\nRUN [\"/bin/busybox\", \"touch\", \"/x\"]");
        JsonNode image = await daemon.Api.GetAsync("images/bare/json");
        Assert.Equal(2, image["RootFS"]!["Layers"]!.AsArray().Count);
        string top = (string)image["GraphDriver"]!["Data"]!["UpperDir"]!;
        Assert.Equal(["x"], Directory.EnumerateFileSystemEntries(top).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public async Task A_step_is_confined_like_a_container_and_has_the_network_that_was_asked_for()
    {
        string output = await BuildAsync("networkmode=none&memory=67108864", """
            FROM busybox
            RUN grep -E '^(CapEff|Seccomp):' /proc/self/status; mount -t tmpfs x /mnt 2>&1 | head -1; ls /sys/class/net | tr '\n' ' '; echo x > /proc/sys/kernel/hostname; true
            """);
        Assert.Contains("CapEff:\t00000000a80425fb", output, StringComparison.Ordinal);
        Assert.Contains("Seccomp:\t2", output, StringComparison.Ordinal);
        Assert.Contains("mount: ", output, StringComparison.Ordinal);
        Assert.Contains("\nlo ", output, StringComparison.Ordinal);
        Assert.Contains("Read-only file system", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_command_is_the_last_line_with_its_code_and_leaves_nothing()
    {
        HostSnapshot before = daemon.Snapshot();
        JsonNode last = (await LinesAsync("", "FROM busybox\nRUN echo before; exit 7")).Last();
        Assert.Equal(7, (int)last["errorDetail"]!["code"]!);
        Assert.Equal("The command '/bin/sh -c echo before; exit 7' returned a non-zero code: 7", (string?)last["error"]);
        await Poll.UntilAsync(() => daemon.Snapshot().Since(before).Processes.Count == 0, "the step's processes are gone");
        Assert.DoesNotContain("build-", string.Join('\n', daemon.Snapshot().Files), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_hangs_up_ends_its_step()
    {
        using var hangUp = new CancellationTokenSource();
        Task build = BuildAsync("", "FROM busybox\nRUN sleep 1234", hangUp.Token);
        await Poll.UntilAsync(() => Running("sleep 1234"), "the step runs");
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);
        await Poll.UntilAsync(() => !Running("sleep 1234") && !LeftOfBuilds(), "nothing of the step is left");
    }

    [Fact]
    public async Task A_daemon_that_was_killed_in_a_step_removes_it_at_its_next_start_and_keeps_what_was_done()
    {
        using var hangUp = new CancellationTokenSource();
        const string Dockerfile = "FROM busybox\nRUN echo done > /done\nRUN sleep 4321";
        Task build = BuildAsync("", Dockerfile, hangUp.Token);
        await Poll.UntilAsync(() => Running("sleep 4321"), "the step runs");
        await daemon.KillAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => build);
        await daemon.StartAgainAsync();
        Assert.False(Running("sleep 4321"));
        Assert.False(LeftOfBuilds());
        string again = await BuildAsync("", Dockerfile.Replace("sleep 4321", "cat /done", StringComparison.Ordinal));
        Assert.Contains("---> Using cache", again, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "FROM busybox\nRUNN x", 400, "dockerfile parse error on line 2: unknown instruction: RUNN (did you mean RUN?)")]
    [InlineData("dockerfile=nosuch", "FROM busybox", 400, "Cannot locate specified Dockerfile: nosuch")]
    [InlineData("target=nosuch", "FROM busybox", 400, "failed to reach build target nosuch in Dockerfile")]
    [InlineData("t=UPPER", "FROM busybox", 400, "must be lowercase")]
    [InlineData("version=2", "FROM busybox", 501, "BuildKit (version=2) is not part of this engine")]
    [InlineData("remote=ftp://x/", "FROM busybox", 400, "an http, https, git or ssh address is expected")]
    [InlineData("outputs=type=local", "FROM busybox", 400, "error reading outputs")]
    [InlineData("outputs=[{\"Type\":\"local\"}]", "FROM busybox", 400, "the type must be moby, not 'local'")]
    [InlineData("outputs=[null]", "FROM busybox", 400, "the type must be moby, not ''")]
    [InlineData("outputs=[{\"Type\":\"moby\",\"Attrs\":{\"type\":\"tar\"}}]", "FROM busybox", 501, "type tar is not implemented")]
    [InlineData("outputs=[{\"Type\":\"moby\",\"Attrs\":{\"type\":\"image\",\"compression\":\"zstd\"}}]", "FROM busybox", 501, "attribute compression is not implemented")]
    public async Task What_cannot_be_done_is_refused_before_anything_runs(string query, string dockerfile, int status, string message)
    {
        using HttpResponseMessage response = await PostAsync(query, dockerfile, CancellationToken.None);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(message, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_of_the_engines_own_names_the_image()
    {
        await BuildAsync("t=named:1&outputs=" + Uri.EscapeDataString("""[{"Type":"moby","Attrs":{"type":"image","name":"named:2,named:3"}}]"""), "FROM busybox\nCMD [\"named\"]");
        JsonNode image = await daemon.Api.GetAsync("images/named:1/json");
        Assert.Equal(["named:1", "named:2", "named:3"], image["RepoTags"]!.AsArray().Select(tag => (string?)tag));
    }

    [Fact]
    public async Task A_squashed_image_has_the_same_files_in_one_layer_and_nothing_that_was_deleted()
    {
        const string Text = """
            FROM busybox
            RUN mkdir -p /d/sub /e && echo secret > /d/secret && echo 1 > /d/kept && ln /d/kept /d/hard && echo 1 > /e/old && ln -s kept /d/link
            RUN rm /d/secret /bin/vi && rm -r /e && mkdir /e && echo 2 > /e/new && chmod 711 /d/sub && chown 12:34 /d/kept
            RUN rm -rf /root && mkdir /root && echo x > /root/file && rm /d/link && mkdir /d/link && mkfifo /d/pipe && rm /d/hard
            """;
        await BuildAsync("t=long:1", Text);
        await BuildAsync("t=flat:1&squash=1", Text);
        JsonNode image = await daemon.Api.GetAsync("images/flat:1/json");
        int below = (await daemon.Api.GetAsync("images/busybox/json"))["RootFS"]!["Layers"]!.AsArray().Count;
        Assert.Equal(below + 1, image["RootFS"]!["Layers"]!.AsArray().Count);
        string top = (string)image["GraphDriver"]!["Data"]!["UpperDir"]!;
        Assert.DoesNotContain("secret", await Shell.ShAsync($"cd {top} && find . && cat d/kept e/new"), StringComparison.Ordinal);
        Assert.Equal(await TreeAsync("long:1"), await TreeAsync("flat:1"));
        Assert.Empty((await daemon.Api.PostAsync("argosy/system/fsck")).Json["Faults"]!.AsArray());
    }

    /// <summary>Every file of an image with its type, mode, owner, links, size, time and target; not those that the engine puts in the way of mounts.</summary>
    private async Task<string> TreeAsync(string image)
    {
        string id = (string)(await daemon.Api.PostAsync("containers/create", new JsonObject { ["Image"] = image, ["Cmd"] = new JsonArray("true") })).Json["Id"]!;
        using var archive = new MemoryStream((await daemon.Api.SendAsync(HttpMethod.Get, $"containers/{id}/export")).Succeeded().Body);
        await daemon.Api.DeleteAsync($"containers/{id}");
        var lines = new List<string>();
        await using var reader = new TarReader(archive);
        while (await reader.GetNextEntryAsync() is { } entry)
            lines.Add($"{entry.Name} {entry.EntryType} {entry.Mode} {entry.Uid}:{entry.Gid} {entry.Length} {(entry.EntryType == TarEntryType.Directory ? "" : entry.ModificationTime)} {entry.LinkName}");
        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_hostile_context_is_refused_and_writes_nothing_outside()
    {
        using var tar = new MemoryStream();
        await using (var writer = new TarWriter(tar, leaveOpen: true))
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "../../escaped") { DataStream = new MemoryStream("x"u8.ToArray()) });
        tar.Position = 0;
        using HttpResponseMessage response = await SendAsync("", tar, CancellationToken.None);
        Assert.Equal(400, (int)response.StatusCode);
        Assert.False(File.Exists(Path.Combine(daemon.DataRoot, "escaped")));
    }

    private bool LeftOfBuilds() =>
        daemon.Snapshot().Files.Concat(daemon.Snapshot().Mounts).Any(path => path.Contains("build-", StringComparison.Ordinal));

    private static bool Running(string command) => Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])).Any(path =>
    {
        try
        {
            return File.ReadAllText(path + "/cmdline").Replace('\0', ' ').Trim() == command;
        }
        catch (IOException)
        {
            return false;
        }
    });

    private Task<string> BuildAsync(string query, string dockerfile, params (string Path, string Content)[] files) => BuildAsync(query, dockerfile, CancellationToken.None, files);

    /// <summary>The text of a build that must succeed.</summary>
    private async Task<string> BuildAsync(string query, string dockerfile, CancellationToken cancellationToken, params (string Path, string Content)[] files)
    {
        JsonNode[] lines = await LinesAsync(query, dockerfile, cancellationToken, files);
        string text = string.Concat(lines.Select(line => (string?)line["stream"]));
        Assert.True(lines[^1]["error"] is null, text + lines[^1]["error"]);
        return text;
    }

    private async Task<JsonNode[]> LinesAsync(string query, string dockerfile, CancellationToken cancellationToken = default, params (string Path, string Content)[] files)
    {
        using HttpResponseMessage response = await PostAsync(query, dockerfile, cancellationToken, files);
        string body = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(response.IsSuccessStatusCode, body);
        return [.. body.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => JsonNode.Parse(line)!)];
    }

    private async Task<HttpResponseMessage> PostAsync(string query, string dockerfile, CancellationToken cancellationToken, params (string Path, string Content)[] files)
    {
        using var tar = new MemoryStream();
        await using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            foreach ((string path, string content) in files.Append(("Dockerfile", dockerfile)))
                await WriteAsync(writer, path, Encoding.UTF8.GetBytes(content));
            using var inner = new MemoryStream();
            await using (var archive = new TarWriter(inner, leaveOpen: true))
                await WriteAsync(archive, "in/file", "x"u8.ToArray(), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            await WriteAsync(writer, "archive.tar", inner.ToArray());
        }
        tar.Position = 0;
        return await SendAsync(query, tar, cancellationToken);
    }

    private static Task WriteAsync(TarWriter writer, string path, byte[] content, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead) =>
        writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(content), Mode = mode });

    private async Task<HttpResponseMessage> SendAsync(string query, Stream tar, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, token) =>
            {
                var socket = new global::System.Net.Sockets.Socket(global::System.Net.Sockets.AddressFamily.Unix, global::System.Net.Sockets.SocketType.Stream, global::System.Net.Sockets.ProtocolType.Unspecified);
                await socket.ConnectAsync(new global::System.Net.Sockets.UnixDomainSocketEndPoint(daemon.Socket), token);
                return new global::System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            },
        });
        using var content = new StreamContent(tar);
        content.Headers.ContentType = new("application/x-tar");
        return await http.PostAsync(new Uri($"http://engine/v1.47/build?{query}"), content, cancellationToken);
    }
}
