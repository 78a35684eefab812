using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary><c>argosy build --ssh</c> with OpenSSH's own agent, and <c>--push</c> to Debian's registry.</summary>
[Trait("Needs", "Root")]
public sealed class BuildAgentTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>, IDisposable
{
    private readonly PrivateDaemon daemon = fixture.Daemon;
    private readonly string directory = Directory.CreateTempSubdirectory("argosy-agent-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task A_step_asks_the_clients_agent_and_nothing_of_it_stays()
    {
        using Process agent = await StartAgentAsync("one");
        using Process other = await StartAgentAsync("two");
        try
        {
            await WriteContextAsync("""
                RUN --mount=type=ssh ssh-add -l > /out/default && echo "$SSH_AUTH_SOCK" > /out/place && stat -c '%a %u %g' "$SSH_AUTH_SOCK" > /out/mode
                RUN --mount=type=ssh,id=two,target=/agent,mode=0666,uid=7,gid=8 --mount=type=ssh,required SSH_AUTH_SOCK=/agent ssh-add -l > /out/two && stat -c '%a %u %g' /agent >> /out/mode && echo "$SSH_AUTH_SOCK" >> /out/place
                RUN --mount=type=ssh for n in 1 2 3 4 5 6 7 8 9 10; do ssh-add -l > /tmp/$n & done; wait; cat /tmp/* > /out/many; rm /tmp/*
                RUN --mount=type=ssh,id=nobody,target=/none test ! -e /none && test ! -e /run && test ! -e /agent && echo "[$SSH_AUTH_SOCK]" >> /out/after
                RUN echo "[$SSH_AUTH_SOCK]" >> /out/after
                """);
            ShellResult built = await ArgosyAsync("build", "-t", "agents", "--ssh", "default", "--ssh", $"two={directory}/two.sock", "-o", $"{directory}/files", $"{directory}/context");
            built.Succeeded();
            string first = await FingerprintAsync("one"), second = await FingerprintAsync("two");
            Assert.Contains(first, await ReadAsync("default"), StringComparison.Ordinal);
            Assert.Contains(second, await ReadAsync("two"), StringComparison.Ordinal);
            Assert.Equal(10, (await ReadAsync("many")).Split(first).Length - 1);
            Assert.Equal("600 0 0\n666 7 8\n", await ReadAsync("mode"));
            Assert.Equal("/run/buildkit/ssh_agent.0\n/agent\n", await ReadAsync("place"));
            Assert.Equal("[/none]\n[]\n", await ReadAsync("after"));
            await AssertNowhereAsync("one", first);
        }
        finally
        {
            await StopAsync(agent);
            await StopAsync(other);
        }
        // The agent's content is in no key: without any agent every step is still in the cache.
        await WriteContextAsync("RUN --mount=type=ssh ssh-add -l > /out/default && echo \"$SSH_AUTH_SOCK\" > /out/place && stat -c '%a %u %g' \"$SSH_AUTH_SOCK\" > /out/mode\n");
        Assert.Contains("Using cache\n ---> ", (await ArgosyAsync("build", $"{directory}/context")).Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_that_is_required_or_asked_for_must_be_there()
    {
        await WriteContextAsync("RUN --mount=type=ssh,required true\n");
        Assert.Contains("no SSH key \"default\" forwarded from the client", (await ArgosyAsync("build", $"{directory}/context")).Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync($"{directory}/key", "-----BEGIN OPENSSH PRIVATE KEY-----\n");
        Assert.Contains("key is neither the socket of an agent nor a private key: ", (await ArgosyAsync("build", "--ssh", $"default={directory}/key", $"{directory}/context")).Error, StringComparison.Ordinal);
        Assert.Contains("no such file or directory", (await ArgosyAsync("build", "--ssh", $"default={directory}/absent", $"{directory}/context")).Error, StringComparison.Ordinal);
        ShellResult none = await Shell.RunAsync(Repository.Cli, ["build", "--ssh", "default", $"{directory}/context"], environment: new Dictionary<string, string?> { ["DOCKER_HOST"] = daemon.Host, ["SSH_AUTH_SOCK"] = null });
        Assert.Contains("make sure SSH_AUTH_SOCK is set", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_lent_by_an_agent_of_their_own_of_which_nothing_is_left()
    {
        await MakeKeyAsync("one");
        await MakeKeyAsync("two");
        await WriteContextAsync("RUN --mount=type=ssh,required ssh-add -l > /out/default\nRUN --mount=type=ssh,id=two,required ssh-add -l > /out/two\n");
        (await ArgosyAsync("build", "-t", "agents", "--ssh", $"default={directory}/one.key,{directory}/two.key", "--ssh", $"two={directory}/two.key", "-o", $"{directory}/files", $"{directory}/context")).Succeeded();
        (string first, string second) = (await FingerprintAsync("one"), await FingerprintAsync("two"));
        Assert.Equal([first, second], Fingerprints(await ReadAsync("default")));
        Assert.Equal([second], Fingerprints(await ReadAsync("two")));
        AssertNoAgent();
        await WriteContextAsync("RUN --mount=type=ssh,required ssh-add -l && exit 7\n");
        Assert.NotEqual(0, (await ArgosyAsync("build", "--ssh", $"default={directory}/one.key", $"{directory}/context")).ExitCode);
        AssertNoAgent();
        await AssertNowhereAsync("one", first);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("KILL")]
    public async Task An_agent_of_keys_ends_with_the_client(string signal)
    {
        await MakeKeyAsync("one");
        await WriteContextAsync($"RUN --mount=type=ssh,required sleep 600 && echo {signal}\n");
        // Who runs the tests in the background may ignore SIGINT, and so would the client.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", Repository.Cli, "build", "--no-cache", "--ssh", $"default={directory}/one.key", $"{directory}/context"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["DOCKER_HOST"], start.Environment["TMPDIR"]) = (daemon.Host, directory);
        using Process client = Process.Start(start)!;
        await Poll.UntilAsync(() => AgentsOf(directory).Count > 0 && StepRuns(), "the step runs");
        await Shell.ShAsync($"kill -{signal} {client.Id}");
        await client.WaitForExitAsync();
        await Poll.UntilAsync(() => AgentsOf(directory).Count == 0 && !Directory.EnumerateDirectories(directory, "argosy-ssh-*").Any(), "the agent has ended");
        await Poll.UntilAsync(() => !StepRuns(), "the step has ended");
    }

    private bool StepRuns() => Directory.Exists(Path.Combine(daemon.ExecRoot, "c")) && Directory.EnumerateDirectories(Path.Combine(daemon.ExecRoot, "c"), "build-*").Any();

    [Fact]
    public async Task A_key_that_cannot_be_lent_is_refused_before_the_build()
    {
        await MakeKeyAsync("locked", "secret");
        await WriteContextAsync("RUN true\n");
        Assert.Contains($"the key {directory}/locked.key has a passphrase", (await ArgosyAsync("build", "--ssh", $"default={directory}/locked.key", $"{directory}/context")).Error, StringComparison.Ordinal);
        await MakeKeyAsync("one");
        ShellResult alone = await Shell.RunAsync(Repository.Cli, ["build", "--ssh", $"default={directory}/one.key", $"{directory}/context"], environment: new Dictionary<string, string?> { ["DOCKER_HOST"] = daemon.Host, ["PATH"] = "/nowhere" });
        Assert.Contains("there is no ssh-agent on this machine", alone.Error, StringComparison.Ordinal);
        AssertNoAgent();
    }

    [Fact]
    public async Task An_agent_that_goes_away_fails_the_step_and_not_the_build_around_it()
    {
        using Process agent = await StartAgentAsync("one");
        await WriteContextAsync("RUN --mount=type=ssh until ! ssh-add -l > /dev/null 2>&1; do sleep 0.02; done; echo noticed\n");
        Task<ShellResult> build = ArgosyAsync("build", "--no-cache", "--ssh", $"default={directory}/one.sock", $"{directory}/context");
        await Poll.UntilAsync(StepRuns, "the step runs");
        await StopAsync(agent);
        Assert.Contains("noticed", (await build).Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_result_is_pushed_by_its_names()
    {
        await using RegistryProcess registry = await RegistryProcess.StartAsync();
        string name = $"{registry.Address}/team/app";
        await WriteContextAsync("RUN echo pushed\n");
        (await ArgosyAsync("build", "--push", "-t", $"{name}:1", "--metadata-file", $"{directory}/meta.json", $"{directory}/context")).Succeeded();
        string digest = (string)JsonNode.Parse(await File.ReadAllTextAsync($"{directory}/meta.json"))!["containerimage.digest"]!;
        Assert.Equal(digest, await RemoteDigestAsync(registry, "team/app", "1"));
        (await ArgosyAsync("build", "-t", $"{name}:kept", "-o", $"type=image,\"name={name}:2,{name}:3\",push=true", $"{directory}/context")).Succeeded();
        Assert.Equal((digest, digest), (await RemoteDigestAsync(registry, "team/app", "2"), await RemoteDigestAsync(registry, "team/app", "3")));
        JsonNode tags = JsonNode.Parse(await Shell.ShAsync($"curl -sf http://{registry.Address}/v2/team/app/tags/list"))!;
        Assert.Equal(["1", "2", "3"], tags["tags"]!.AsArray().Select(tag => (string)tag!).Order());
        (await ArgosyAsync("build", "-o", $"type=registry,name={name}:4", $"{directory}/context")).Succeeded();
        Assert.Equal(digest, await RemoteDigestAsync(registry, "team/app", "4"));
        Assert.Contains("tag is needed when pushing to registry", (await ArgosyAsync("build", "--push", $"{directory}/context")).Error, StringComparison.Ordinal);
        ShellResult unreachable = await ArgosyAsync("build", "--push", "-t", "127.0.0.1:1/x:1", $"{directory}/context");
        Assert.NotEqual(0, unreachable.ExitCode);
        Assert.Contains("refused", unreachable.Error, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<string> RemoteDigestAsync(RegistryProcess registry, string repository, string tag) => (await Shell.ShAsync(
        $"curl -sfI -H 'Accept: application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json' http://{registry.Address}/v2/{repository}/manifests/{tag} | tr -d '\\r' | sed -n 's/^Docker-Content-Digest: //Ip'")).Trim();

    /// <summary>busybox with ssh-add of this machine.</summary>
    private async Task WriteContextAsync(string steps)
    {
        await Shell.ShAsync($"mkdir -p {directory}/context/root && cd {directory}/context && cp --parents -L $(command -v ssh-add) $(ldd $(command -v ssh-add) | grep -o '/[^ ]*') root/");
        await File.WriteAllTextAsync($"{directory}/context/Dockerfile", "FROM busybox\nCOPY root/ /\nRUN mkdir -p /out /tmp /etc && echo root:x:0:0:root:/:/bin/sh > /etc/passwd\n" + steps);
    }

    private Task<string> MakeKeyAsync(string name, string passphrase = "") => Shell.ShAsync($"ssh-keygen -q -t ed25519 -N '{passphrase}' -f {directory}/{name}.key");

    private static IEnumerable<string> Fingerprints(string list) => list.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[1]);

    private void AssertNoAgent()
    {
        Assert.Empty(AgentsOf(directory));
        Assert.Empty(Directory.EnumerateDirectories(directory, "argosy-ssh-*"));
    }

    /// <summary>The private agents that listen below a directory, and the shells that watch them.</summary>
    private static List<string> AgentsOf(string directory)
    {
        var found = new List<string>();
        foreach (string process in Directory.EnumerateDirectories("/proc").Where(path => char.IsDigit(path[6])))
        {
            try
            {
                if (File.ReadAllText($"{process}/cmdline").Contains($"{directory}/argosy-ssh-", StringComparison.Ordinal))
                    found.Add(process);
            }
            catch (IOException)
            {
                // It has ended.
            }
        }
        return found;
    }

    private async Task<Process> StartAgentAsync(string name)
    {
        await MakeKeyAsync(name);
        Process agent = Process.Start(new ProcessStartInfo("ssh-agent", ["-D", "-a", $"{directory}/{name}.sock"]) { RedirectStandardOutput = true })!;
        await Poll.UntilAsync(async () => (await Shell.RunAsync("ssh-add", ["-q", $"{directory}/{name}.key"], environment: new Dictionary<string, string?> { ["SSH_AUTH_SOCK"] = $"{directory}/{name}.sock" })).ExitCode == 0, "the agent has the key");
        return agent;
    }

    private static async Task StopAsync(Process agent)
    {
        agent.Kill();
        await agent.WaitForExitAsync();
    }

    private async Task<string> FingerprintAsync(string name) => (await Shell.ShAsync($"ssh-keygen -l -f {directory}/{name}.key.pub")).Split(' ')[1];

    private Task<string> ReadAsync(string name) => File.ReadAllTextAsync($"{directory}/files/out/{name}");

    /// <summary>Neither the private key nor the agent's answer is in a byte of the daemon's files, but for the step's own output.</summary>
    private async Task AssertNowhereAsync(string name, string fingerprint)
    {
        byte[][] secrets = [.. (await File.ReadAllLinesAsync($"{directory}/{name}.key"))[1..^1].Select(Encoding.ASCII.GetBytes)];
        await daemon.StopAsync();
        foreach (string file in Directory.EnumerateFiles(daemon.Root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Where(file => !file.EndsWith(".sock", StringComparison.Ordinal)))
        {
            byte[] bytes = await File.ReadAllBytesAsync(file);
            Assert.DoesNotContain(secrets, secret => bytes.AsSpan().IndexOf(secret) >= 0);
        }
        await daemon.StartAgainAsync();
        Assert.DoesNotContain(fingerprint, (await daemon.Api.GetAsync("images/agents/history")).ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(daemon.Snapshot().Mounts, mount => mount.Contains("build-", StringComparison.Ordinal));
    }

    private Task<ShellResult> ArgosyAsync(params string[] arguments) =>
        Shell.RunAsync(Repository.Cli, arguments, environment: new Dictionary<string, string?> { ["DOCKER_HOST"] = daemon.Host, ["SSH_AUTH_SOCK"] = $"{directory}/one.sock", ["TMPDIR"] = directory });
}
