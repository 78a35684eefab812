using System.Diagnostics;
using System.Security.Cryptography;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>A network namespace that plays a machine outside: on a link of the host, with no route back to containers. Port 7000 answers with the peer's address.</summary>
internal sealed class OutsideHost : IAsyncDisposable
{
    private readonly string name = "argo" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3));
    private readonly int third = RandomNumberGenerator.GetInt32(1, 250);
    private Process? server;

    private OutsideHost()
    {
    }

    internal string Address => $"198.18.{third}.2";

    internal string HostAddress => $"198.18.{third}.1";

    private string Site => $"/tmp/{name}";

    internal static async Task<OutsideHost> CreateAsync()
    {
        var outside = new OutsideHost();
        string name = outside.name;
        await Shell.ShAsync($"""
            set -e
            ip netns add {name}
            ip link add {name}a type veth peer name {name}b netns {name}
            ip addr add {outside.HostAddress}/24 dev {name}a
            ip link set {name}a up
            ip -n {name} addr add {outside.Address}/24 dev {name}b
            ip -n {name} link set {name}b up
            ip -n {name} link set lo up
            """);
        await Shell.ShAsync($"mkdir -p {outside.Site}/cgi-bin; printf '#!/bin/sh\necho; printf %%s \"$REMOTE_ADDR\"\n' > {outside.Site}/cgi-bin/peer; chmod 755 {outside.Site}/cgi-bin/peer");
        outside.server = Process.Start("ip", ["netns", "exec", name, "/bin/busybox", "httpd", "-f", "-p", "7000", "-h", outside.Site]);
        return outside;
    }

    public async ValueTask DisposeAsync()
    {
        server?.Kill(entireProcessTree: true);
        server?.Dispose();
        await Shell.RunAsync("ip", ["link", "delete", name + "a"]);
        await Shell.RunAsync("ip", ["netns", "delete", name]);
        Directory.Delete(Site, recursive: true);
    }
}
