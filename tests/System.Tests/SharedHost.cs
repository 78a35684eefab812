using System.Diagnostics;
using System.Security.Cryptography;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>
/// A host with a dockerd and podman on it, and a machine beside it: two network namespaces and a cable, so that Docker's rules about forwarding
/// are nobody else's. The machine answers at port 7000. Everything has roots of its own.
/// </summary>
internal sealed class SharedHost : IAsyncDisposable
{
    private const string Busybox = "busybox", Served = "exec httpd -f -p 80 -h /tmp";
    private readonly string name = "argb" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3));
    private readonly List<Process> servers = [];
    private Process? dockerd;

    private SharedHost()
    {
    }

    internal static bool IsPossible => File.Exists("/usr/sbin/dockerd") && File.Exists("/usr/bin/podman");

    /// <summary>Runs a command on the host.</summary>
    internal IReadOnlyList<string> Through => ["nsenter", $"--net=/run/netns/{name}h"];

    private string Root => $"/tmp/{name}";

    private string Docker => $"docker -H unix://{Root}/docker.sock";

    private string Podman => $"{string.Join(' ', Through)} podman --root {Root}/p/root --runroot {Root}/p/run --tmpdir {Root}/p/tmp --cgroup-manager cgroupfs";

    internal static async Task<SharedHost> StartAsync()
    {
        var host = new SharedHost();
        string name = host.name;
        // Without forwarding, as hosts are: then dockerd switches it on, and drops what is not its own.
        await Shell.ShAsync($"""
            set -e
            mkdir -p {host.Root}/site
            for n in {name}h {name}o; do ip netns add $n; ip -n $n link set lo up; done
            ip netns exec {name}h sh -c 'echo 0 > /proc/sys/net/ipv4/ip_forward'
            ip -n {name}h link add eth0 type veth peer name eth0 netns {name}o
            ip -n {name}h address add 198.18.0.1/24 dev eth0
            ip -n {name}o address add 198.18.0.2/24 dev eth0
            ip -n {name}h link set eth0 up
            ip -n {name}o link set eth0 up
            echo outside > {host.Root}/site/index.html
            """);
        host.servers.Add(Process.Start("ip", ["netns", "exec", name + "o", "/bin/busybox", "httpd", "-f", "-p", "7000", "-h", host.Root + "/site"]));
        await host.StartDockerAsync();
        string image = await TestImages.BusyboxTarAsync();
        await Shell.ShAsync($"{host.Docker} import {image} {Busybox} && {host.Podman} import {image} {Busybox}");
        return host;
    }

    internal async Task StartDockerAsync()
    {
        dockerd = Process.Start("/bin/sh", ["-c",
            $"exec {string.Join(' ', Through)} unshare -m --propagation private dockerd --data-root {Root}/d/data --exec-root {Root}/d/run -H unix://{Root}/docker.sock -p {Root}/pid --bip 10.242.0.1/24 --cgroup-parent /{name} >> {Root}/log 2>&1"]);
        await Poll.UntilAsync(async () => (await Shell.RunAsync("/bin/sh", ["-c", $"{Docker} version"])).ExitCode == 0, "dockerd answers", TimeSpan.FromSeconds(60));
    }

    internal async Task StopDockerAsync()
    {
        await Shell.ShAsync($"kill -TERM $(cat {Root}/pid)");
        await dockerd!.WaitForExitAsync();
    }

    /// <summary>What docs/design/networking.md says that is to be done beside Docker, and what podman needs there likewise.</summary>
    internal Task LetPassAsync(params string[] devices) => Shell.ShAsync(string.Join(" && ", devices.SelectMany(device => new[] { "-i", "-o" }, (device, way) =>
        $"{string.Join(' ', Through)} iptables -I DOCKER-USER {way} {device} -j ACCEPT")));

    internal Task RunInDockerAsync(int port) => Shell.ShAsync($"{Docker} run -d --name web -p {port}:80 {Busybox} sh -c 'echo docker > /tmp/index.html; {Served}'");

    internal Task StartInDockerAsync() => Shell.ShAsync($"{Docker} start web");

    internal Task RunInPodmanAsync(int port) =>
        Shell.ShAsync($"{Podman} run -d --name web --ulimit nofile=1024:1024 --ulimit nproc=1024:1024 --stop-timeout 0 -p {port}:80 {Busybox} sh -c 'echo podman > /tmp/index.html; {Served}'");

    internal Task RestartInPodmanAsync() => Shell.ShAsync($"{Podman} restart web");

    internal Task RemoveFromPodmanAsync() => Shell.ShAsync($"{Podman} rm -f web");

    internal Task RemoveFromDockerAsync() => Shell.ShAsync($"{Docker} rm -f web");

    /// <summary>What a published port answers to the machine outside, and to the host itself.</summary>
    internal async Task<string> AskAsync(int port) => await Shell.ShAsync(
        $"ip netns exec {name}o curl -s -m 2 http://198.18.0.1:{port}/ | tr -d '\\n'; printf /; ip netns exec {name}h curl -s -m 2 http://127.0.0.1:{port}/ | tr -d '\\n'");

    /// <summary>What the machine outside answers to a container of Docker's or podman's.</summary>
    internal async Task<string> FromDockerAsync() => await FetchAsync(Docker);

    /// <inheritdoc cref="FromDockerAsync"/>
    internal async Task<string> FromPodmanAsync() => await FetchAsync(Podman);

    private static async Task<string> FetchAsync(string engine) =>
        (await Shell.RunAsync("/bin/sh", ["-c", $"{engine} exec web timeout 3 wget -q -O - http://198.18.0.2:7000/"])).Output.Trim();

    /// <summary>What there is, for the message of a failure.</summary>
    internal async Task<string> DescribeAsync() =>
        (await Shell.RunAsync("/bin/sh", ["-c", $"{Podman} ps -a; {Podman} logs web; {Docker} ps -a; {string.Join(' ', Through)} sh -c 'ip -4 -o address; iptables-save -c'"])) is var all ? all.Output + all.Error : "";

    public async ValueTask DisposeAsync()
    {
        await Shell.RunAsync("/bin/sh", ["-c", $"{Podman} rm -fa"]);
        if (dockerd is { HasExited: false })
        {
            await Shell.RunAsync("/bin/sh", ["-c", $"{Docker} rm -f web"]);
            await StopDockerAsync();
        }
        dockerd?.Dispose();
        foreach (Process server in servers)
        {
            server.Kill(entireProcessTree: true);
            server.Dispose();
        }
        await Shell.ShAsync($"""
            ip netns delete {name}h; ip netns delete {name}o
            grep -o '{Root}/[^ ]*' /proc/self/mountinfo | sort -ru | xargs -r -n 1 umount -l
            for h in /sys/fs/cgroup/* /sys/fs/cgroup; do [ -d $h/{name} ] && rmdir $h/{name}; done
            rm -rf {Root}
            """);
    }
}
