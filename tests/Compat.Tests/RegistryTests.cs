using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Argosy.Testing;

namespace Argosy.CompatTests;

/// <summary>Debian's docker-registry on loopback: what is pushed comes back, and other tools read it.</summary>
[Trait("Needs", "Root")]
public sealed partial class RegistryTests
{
    [Fact]
    public async Task What_is_pushed_can_be_pulled_again_and_skopeo_reads_the_same_digest()
    {
        string work = Directory.CreateTempSubdirectory("argosy-registry-").FullName;
        int port = FreePort();
        await File.WriteAllTextAsync($"{work}/config.yml", $"version: 0.1\nlog:\n  level: error\nstorage:\n  filesystem:\n    rootdirectory: {work}/data\nhttp:\n  addr: 127.0.0.1:{port}\n");
        using Process registry = Process.Start("docker-registry", ["serve", $"{work}/config.yml"]);
        await using PrivateDaemon daemon = await PrivateDaemon.StartAsync();
        try
        {
            await Poll.UntilAsync(async () => (await Shell.RunAsync("curl", ["-sf", $"http://127.0.0.1:{port}/v2/"])).ExitCode == 0, "the registry answers");
            string name = $"127.0.0.1:{port}/team/busybox:1";
            await DockerAsync(daemon, work, "tag", "busybox", name);
            string pushed = Digest(await DockerAsync(daemon, work, "push", name));
            string seen = await Shell.ShAsync($"skopeo inspect --tls-verify=false --format '{{{{.Digest}}}}' docker://{name}");
            Assert.Equal(pushed, seen);
            await DockerAsync(daemon, work, "rmi", name, "busybox");
            Assert.Equal(pushed, Digest(await DockerAsync(daemon, work, "pull", name)));
            Assert.Equal("round\n", await DockerAsync(daemon, work, "run", "--rm", name, "echo", "round"));
            Assert.Equal("again\n", await DockerAsync(daemon, work, "run", "--rm", $"127.0.0.1:{port}/team/busybox@{pushed}", "echo", "again"));
            ShellResult missing = await RunAsync(daemon, work, "pull", $"127.0.0.1:{port}/team/none");
            Assert.Equal(1, missing.ExitCode);
            Assert.Matches("not found|manifest unknown", missing.Error);
        }
        finally
        {
            registry.Kill();
            await registry.WaitForExitAsync();
            Directory.Delete(work, recursive: true);
        }
    }

    private static async Task<string> DockerAsync(PrivateDaemon daemon, string work, params string[] arguments)
    {
        ShellResult result = await RunAsync(daemon, work, arguments);
        return result.ExitCode == 0 ? result.Output : throw new InvalidOperationException(result.ToString());
    }

    private static Task<ShellResult> RunAsync(PrivateDaemon daemon, string work, params string[] arguments) =>
        Shell.RunAsync("docker", arguments, environment: new Dictionary<string, string?> { ["DOCKER_HOST"] = daemon.Host, ["DOCKER_CONFIG"] = work });

    private static string Digest(string output) => DigestLine().Match(output) is { Success: true } match ? match.Value : throw new InvalidDataException($"no digest in: {output}");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("sha256:[0-9a-f]{64}")]
    private static partial Regex DigestLine();
}
