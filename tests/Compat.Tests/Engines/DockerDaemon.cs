using System.Diagnostics;
using System.Security.Cryptography;
using Argosy.Testing;

namespace Argosy.CompatTests.Engines;

/// <summary>
/// A dockerd that cannot hurt the host: in a network and a mount namespace of its own, with roots of its own; it brings its own containerd.
/// A veth pair joins its network to the host's, so that clients in this process reach it and the ports that it publishes.
/// </summary>
internal sealed class DockerDaemon : IEngine
{
    private readonly string name = "argod" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3));
    private readonly string link = $"10.{AddressRange.Next()}.255";
    private Process? process;

    private DockerDaemon()
    {
    }

    internal static bool IsInstalled => File.Exists("/usr/sbin/dockerd");

    public EngineKind Kind => EngineKind.Dockerd;

    public Uri Endpoint => new($"tcp://{link}.2:2375");

    public IReadOnlyList<string> Enter => ["nsenter", $"--net=/run/netns/{name}"];

    public string Host => $"unix://{Root}/docker.sock";

    private string Root => $"/tmp/{name}";

    internal static async Task<DockerDaemon> StartAsync()
    {
        var daemon = new DockerDaemon();
        string root = daemon.Root, name = daemon.name;
        Directory.CreateDirectory(root);
        await daemon.MakeNetworkAsync();
        daemon.process = Process.Start("/bin/sh", ["-c",
            $"exec nsenter --net=/run/netns/{name} unshare -m --propagation private dockerd --data-root {root}/data --exec-root {root}/run -H unix://{root}/docker.sock -H {daemon.Endpoint.OriginalString} -p {root}/pid --bip 10.242.0.1/24 --cgroup-parent /{name} > {root}/log 2>&1"]);
        var environment = new Dictionary<string, string?> { ["DOCKER_HOST"] = daemon.Host };
        try
        {
            await Poll.UntilAsync(async () => daemon.process.HasExited || (await Shell.RunAsync("docker", ["version"], environment: environment)).ExitCode == 0, "dockerd answers", TimeSpan.FromSeconds(60));
            (await Shell.RunAsync("docker", ["import", await TestImages.BusyboxTarAsync(), "busybox"], environment: environment)).Succeeded();
            return daemon;
        }
        catch (Exception exception) when (exception is TimeoutException or InvalidOperationException)
        {
            string log = await File.ReadAllTextAsync(root + "/log");
            await daemon.DisposeAsync();
            throw new InvalidOperationException($"{exception.Message}\n{log}", exception);
        }
    }

    private Task<string> MakeNetworkAsync() => Shell.ShAsync($"""
        set -e
        ip netns add {name}
        ip -n {name} link set lo up
        ip link add {name}h type veth peer name {name}c netns {name}
        ip address add {link}.1/30 dev {name}h
        ip link set {name}h up
        ip -n {name} address add {link}.2/30 dev {name}c
        ip -n {name} link set {name}c up
        """);

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            await Shell.RunAsync("kill", ["-TERM", File.ReadAllText(Root + "/pid").Trim()]);
            await process.WaitForExitAsync();
        }
        process?.Dispose();
        // Its mounts went with its mount namespace, its network with its network namespace.
        await Shell.ShAsync($"ip netns delete {name}; for h in /sys/fs/cgroup/* /sys/fs/cgroup; do [ -d $h/{name} ] && rmdir $h/{name}; done; rm -rf {Root}");
    }
}
