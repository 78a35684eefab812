using System.Net;
using Argosy.Networks;

namespace Argosy.Catalog.Dns;

/// <summary>Which resolvers know what is no name of ours: the container's, else the daemon's, else the host's.</summary>
internal sealed class UpstreamServers(HostResolvConf host)
{
    private const int Port = 53;
    private IReadOnlyList<string> configured = [];

    /// <summary>The daemon's setting; empty: the host's.</summary>
    internal void Configure(IReadOnlyList<string> servers) => Volatile.Write(ref configured, servers);

    internal IReadOnlyList<IPEndPoint> For(Sandbox sandbox)
    {
        IReadOnlyList<string> daemons = Volatile.Read(ref configured);
        return Parse(sandbox.DnsServers.Count > 0 ? sandbox.DnsServers : daemons.Count > 0 ? daemons : host.Read().Servers);
    }

    private static List<IPEndPoint> Parse(IReadOnlyList<string> servers)
    {
        var endpoints = new List<IPEndPoint>(servers.Count);
        foreach (string server in servers)
            if (IPAddress.TryParse(server, out IPAddress? address))
                endpoints.Add(new IPEndPoint(address, Port));
        return endpoints;
    }
}
