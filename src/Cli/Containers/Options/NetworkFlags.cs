using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Syntax;
using Argosy.Contract;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Containers.Options;

/// <summary>The container's networks, ports and names.</summary>
internal sealed class NetworkFlags
{
    private readonly Option<string[]> networks = Flag.List("--network", "network", "Connect a container to a network", ["--net"]);
    private readonly Option<string[]> aliases = Flag.List("--network-alias", "Add network-scoped alias for the container", "--net-alias");
    private readonly Option<string?> ip = Flag.Text("--ip", "IPv4 address (e.g., 172.30.100.104)");
    private readonly Option<string?> ip6 = Flag.Text("--ip6", "IPv6 address (e.g., 2001:db8::33)");
    private readonly Option<string[]> linkLocal = Flag.List("--link-local-ip", "Container IPv4/IPv6 link-local addresses");
    private readonly Option<string?> mac = Flag.Text("--mac-address", "Container MAC address (e.g., 92:d0:c6:0a:29:33)");
    private readonly Option<string[]> links = Flag.List("--link", "Add link to another container");
    private readonly Option<string[]> publish = Flag.List("--publish", "Publish a container's port(s) to the host", "-p");
    private readonly Option<bool> publishAll = Flag.Bool("--publish-all", "Publish all exposed ports to random ports", "-P");
    private readonly Option<string[]> expose = Flag.List("--expose", "Expose a port or a range of ports");
    private readonly Option<string[]> dns = Flag.List("--dns", "Set custom DNS servers");
    private readonly Option<string[]> dnsOptions = Flag.List("--dns-option", "Set DNS options", "--dns-opt");
    private readonly Option<string[]> dnsSearch = Flag.List("--dns-search", "Set custom DNS search domains");
    private readonly Option<string[]> extraHosts = Flag.List("--add-host", "Add a custom host-to-IP mapping (host:ip)");

    public IReadOnlyList<Option> All =>
    [
        networks, aliases, ip, ip6, linkLocal, mac, links, publish, publishAll, expose, dns, dnsOptions, dnsSearch, extraHosts,
    ];

    public bool PublishesAll(Invocation line) => line.Get(publishAll);

    public string? MacAddress(Invocation line) => line.Get(mac);

    public PortsAsked Ports(Invocation line)
    {
        var bindings = new SortedDictionary<string, IReadOnlyList<PortBinding>?>(StringComparer.Ordinal);
        var exposed = new SortedDictionary<string, EmptyObject>(StringComparer.Ordinal);
        foreach ((string port, PortBinding binding) in line.GetAll(publish).SelectMany(PortSyntax.ParsePublish))
        {
            bindings[port] = [.. bindings.GetValueOrDefault(port) ?? [], binding];
            exposed[port] = new EmptyObject();
        }
        foreach (string port in line.GetAll(expose).SelectMany(PortSyntax.ParseExpose))
            exposed[port] = new EmptyObject();
        return new PortsAsked(exposed.Count > 0 ? exposed : null, bindings.Count > 0 ? bindings : null);
    }

    public HostConfig Apply(Invocation line, HostConfig host) => host with
    {
        NetworkMode = Networks(line) is [var first, ..] ? first.Name : "default",
        Links = NonEmpty(line.GetAll(links)),
        Dns = NonEmpty(line.GetAll(dns)),
        DnsOptions = NonEmpty(line.GetAll(dnsOptions)),
        DnsSearch = NonEmpty(line.GetAll(dnsSearch)),
        ExtraHosts = NonEmpty(line.ReadAll(extraHosts, HostSyntax.ParseExtraHost)),
    };

    /// <summary>Options outside of <c>--network</c> belong to the first network.</summary>
    public NetworkingConfig? ToConfig(Invocation line)
    {
        IReadOnlyList<(string Name, EndpointSettings Settings)> list = Networks(line);
        bool hasLoose = ((Option[])[aliases, ip, ip6, linkLocal, mac]).Any(line.Has);
        if (list.Count == 0)
        {
            if (!hasLoose)
                return null;
            list = [("default", new EndpointSettings())];
        }
        var endpoints = new SortedDictionary<string, EndpointSettings?>(StringComparer.Ordinal);
        foreach ((string name, EndpointSettings settings) in list)
        {
            if (!endpoints.TryAdd(name, endpoints.Count == 0 ? WithLoose(line, settings) : settings))
                throw new UsageException($"network \"{name}\" is specified multiple times");
        }
        return new NetworkingConfig { EndpointsConfig = endpoints };
    }

    private EndpointSettings WithLoose(Invocation line, EndpointSettings settings)
    {
        EndpointIpamConfig ipam = settings.IpamConfig ?? new EndpointIpamConfig();
        ipam = ipam with
        {
            IPv4Address = line.Get(ip) ?? ipam.IPv4Address,
            IPv6Address = line.Get(ip6) ?? ipam.IPv6Address,
            LinkLocalIPs = NonEmpty(line.GetAll(linkLocal)) ?? ipam.LinkLocalIPs,
        };
        return settings with
        {
            IpamConfig = ipam == new EndpointIpamConfig() ? null : ipam,
            Aliases = NonEmpty([.. settings.Aliases ?? [], .. line.GetAll(aliases)]),
            MacAddress = line.Get(mac) ?? settings.MacAddress,
        };
    }

    private IReadOnlyList<(string Name, EndpointSettings Settings)> Networks(Invocation line) => line.ReadAll(networks, NetworkSyntax.Parse);

    private static IReadOnlyList<string>? NonEmpty(IReadOnlyList<string> list) => list.Count > 0 ? list : null;
}
