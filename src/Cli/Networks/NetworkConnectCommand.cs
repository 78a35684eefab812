using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Cli.Syntax;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Networks;

/// <summary><c>argosy network connect</c> and <c>disconnect</c>.</summary>
internal static class NetworkConnectCommand
{
    public static VerbCommand CreateConnect(CliSession session)
    {
        Option<string[]> aliases = Flag.List("--alias", "strings", "Add network-scoped alias for the container", []);
        Option<string?> ip = Flag.Text("--ip", "IPv4 address (e.g., \"172.30.100.104\")");
        Option<string?> ip6 = Flag.Text("--ip6", "IPv6 address (e.g., \"2001:db8::33\")");
        Option<string[]> links = Flag.List("--link", "Add link to another container");
        Option<string[]> linkLocal = Flag.List("--link-local-ip", "strings", "Add a link-local address for the container", []);
        Option<string[]> driverOptions = Flag.List("--driver-opt", "strings", "driver options for the network", []);
        Option<int?> priority = Flag.Int("--gw-priority", "Highest gw-priority provides the default gateway. Accepts positive and negative values.");
        return new VerbCommand("[OPTIONS] NETWORK CONTAINER", "Connect a container to a network")
        {
            aliases, ip, ip6, links, linkLocal, driverOptions, priority,
        }.With(2, 2, "argosy network connect --alias db back postgres").Runs((line, cancellationToken) =>
        {
            var ipam = new EndpointIpamConfig { IPv4Address = line.Get(ip), IPv6Address = line.Get(ip6), LinkLocalIPs = NonEmpty(line.GetAll(linkLocal)) };
            return session.Client.Networks.ConnectAsync(line.Arguments[0], line.Arguments[1], new EndpointSettings
            {
                IpamConfig = ipam == new EndpointIpamConfig() ? null : ipam,
                Aliases = NonEmpty(line.GetAll(aliases)),
                Links = NonEmpty(line.GetAll(links)),
                DriverOpts = KeyValues.ToMap(line.GetAll(driverOptions)),
                GwPriority = line.Get(priority) ?? 0,
            }, cancellationToken);
        });
    }

    public static VerbCommand CreateDisconnect(CliSession session)
    {
        Option<bool> force = Flag.Bool("--force", "Force the container to disconnect from a network", "-f");
        return new VerbCommand("[OPTIONS] NETWORK CONTAINER", "Disconnect a container from a network") { force }.With(2, 2, "argosy network disconnect back postgres")
            .Runs((line, cancellationToken) => session.Client.Networks.DisconnectAsync(line.Arguments[0], line.Arguments[1], line.Get(force), cancellationToken));
    }

    private static IReadOnlyList<string>? NonEmpty(IReadOnlyList<string> list) => list.Count > 0 ? list : null;
}
