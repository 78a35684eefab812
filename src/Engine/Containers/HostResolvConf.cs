using System.Net;

namespace Argosy.Engine.Containers;

/// <summary>The host's resolv.conf(5), as far as it means something inside a container: loopback servers do not.</summary>
internal sealed record HostResolvConf(IReadOnlyList<string> Servers, IReadOnlyList<string> Search, IReadOnlyList<string> Options)
{
    internal static HostResolvConf Read()
    {
        var servers = new List<string>();
        string[] search = [];
        string[] options = [];
        // systemd-resolved's stub is a loopback server; its own file names the real ones.
        string path = File.Exists("/run/systemd/resolve/resolv.conf") ? "/run/systemd/resolve/resolv.conf" : "/etc/resolv.conf";
        foreach (string line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            string[] words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words is ["nameserver", var server, ..] && IPAddress.TryParse(server.Split('%')[0], out IPAddress? address) && !IPAddress.IsLoopback(address))
                servers.Add(server);
            else if (words is ["search" or "domain", ..])
                search = words[1..];
            else if (words is ["options", ..])
                options = words[1..];
        }
        return new HostResolvConf(servers, search, options);
    }
}
