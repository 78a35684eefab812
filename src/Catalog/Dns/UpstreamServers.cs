using System.Net;
using Argosy.Networks;

namespace Argosy.Catalog.Dns;

/// <summary>Which resolvers know what is no name of ours: the container's, else the daemon's, else the host's.</summary>
internal sealed class UpstreamServers(Func<Sandbox, IReadOnlyList<IPEndPoint>> choose)
{
    private const int Port = 53;

    internal static UpstreamServers Configured(NetworksOptions options, HostResolvConf host) => new(sandbox =>
        Parse(sandbox.DnsServers.Count > 0 ? sandbox.DnsServers : options.Dns.Count > 0 ? options.Dns : host.Read().Servers));

    /// <summary>Always these.</summary>
    internal static UpstreamServers Fixed(params IPEndPoint[] servers) => new(_ => servers);

    internal IReadOnlyList<IPEndPoint> For(Sandbox sandbox) => choose(sandbox);

    private static List<IPEndPoint> Parse(IReadOnlyList<string> servers)
    {
        var endpoints = new List<IPEndPoint>(servers.Count);
        foreach (string server in servers)
            if (IPAddress.TryParse(server, out IPAddress? address))
                endpoints.Add(new IPEndPoint(address, Port));
        return endpoints;
    }
}
