using System.Net;

namespace Argosy.Networks;

/// <summary>The host's resolv.conf(5), read again when it changed.</summary>
public sealed class HostResolvConf(string path = "/etc/resolv.conf", string systemdPath = "/run/systemd/resolve/resolv.conf")
{
    private readonly Lock gate = new();
    private (DateTime Written, ResolvConfContent Content)? cached;

    /// <summary>As it is. With systemd-resolved its servers are the stub at 127.0.0.53, which the daemon can reach.</summary>
    public ResolvConfContent Read()
    {
        lock (gate)
        {
            DateTime written = File.GetLastWriteTimeUtc(path);
            if (cached is not { } known || known.Written != written)
                cached = (written, ReadFile(path));
            return cached.Value.Content;
        }
    }

    /// <summary>What a container that asks itself can use: no server on the host's loopback; behind systemd-resolved's stub are the real ones.</summary>
    public ResolvConfContent ReadReachable()
    {
        ResolvConfContent content = Read();
        if (content.Servers.Count > 0 && content.Servers.All(IsLoopback) && File.Exists(systemdPath))
            content = ReadFile(systemdPath);
        return content with { Servers = [.. content.Servers.Where(server => !IsLoopback(server))] };
    }

    private static bool IsLoopback(string server) => IPAddress.TryParse(server, out IPAddress? address) && IPAddress.IsLoopback(address);

    private static ResolvConfContent ReadFile(string file) => File.Exists(file) ? ResolvConfContent.Parse(File.ReadAllText(file)) : new ResolvConfContent();
}
