using System.Globalization;
using Argosy.Api.Http;
using Argosy.Contract.Containers;
using Argosy.Engine.Containers.Model;
using Argosy.Networks;
using EndpointSettings = Argosy.Contract.Containers.EndpointSettings;
using PortBinding = Argosy.Contract.Containers.PortBinding;

namespace Argosy.Api.Routes.Containers;

/// <summary>A container's network side as the API shows it: what it asks for, and what it has while it runs.</summary>
internal sealed class NetworkPresenter(NetworkManager networks)
{
    internal NetworkSettings Settings(ContainerRecord container, ApiVersion version)
    {
        Sandbox? sandbox = SandboxOf(container);
        Endpoint? bridge = sandbox?.Endpoints.FirstOrDefault(endpoint => endpoint.NetworkName == "bridge");
        return new NetworkSettings
        {
            SandboxId = sandbox is null ? "" : container.Id.Value,
            SandboxKey = sandbox?.NamespacePath ?? "",
            Ports = PortMap(container, sandbox),
            EndpointId = bridge?.Id ?? "",
            Gateway = bridge?.Gateway?.ToString() ?? "",
            IPAddress = bridge?.Address?.ToString() ?? "",
            IPPrefixLen = bridge?.PrefixLength ?? 0,
            GlobalIPv6Address = bridge?.Address6?.ToString() ?? "",
            GlobalIPv6PrefixLen = bridge?.PrefixLength6 ?? 0,
            IPv6Gateway = bridge?.Gateway6?.ToString() ?? "",
            MacAddress = bridge?.MacAddress ?? "",
            Networks = version < new ApiVersion(1, 45) ? WithShortId(container) : Endpoints(container),
        };
    }

    /// <summary>Before DNSNames (API 1.45) the short id was among the aliases on user-defined networks; docker-compose looks for it.</summary>
    private Dictionary<string, EndpointSettings> WithShortId(ContainerRecord container) => Endpoints(container).ToDictionary(
        entry => entry.Key,
        entry => networks.TryFind(entry.Key, out NetworkRecord? network) && network.ResolvesNames ? entry.Value with { Aliases = [.. entry.Value.Aliases ?? [], container.Id.Short] } : entry.Value);

    internal IReadOnlyDictionary<string, EndpointSettings> Endpoints(ContainerRecord container)
    {
        var result = new Dictionary<string, EndpointSettings>(StringComparer.Ordinal);
        Sandbox? sandbox = SandboxOf(container);
        foreach (Engine.Containers.Model.EndpointSettings asked in container.Endpoints)
        {
            if (networks.TryFind(asked.Network, out NetworkRecord? network))
                result[network.Name] = Show(asked, network, sandbox?.Endpoints.FirstOrDefault(endpoint => endpoint.Network == network.Id));
            else
                result[asked.Network] = new EndpointSettings { Aliases = asked.Aliases };
        }
        if (container.Endpoints.Count == 0 && container.Host.NetworkMode is "host" or "none" && networks.TryFind(container.Host.NetworkMode, out NetworkRecord? predefined))
            result[predefined.Name] = new EndpointSettings { NetworkId = predefined.Id.Value };
        return result;
    }

    internal IReadOnlyList<Port> Ports(ContainerRecord container)
    {
        Sandbox? sandbox = SandboxOf(container);
        if (sandbox is null)
            return [];
        var published = sandbox.Ports.Select(port => new Port { IP = port.HostAddress.ToString(), PrivatePort = port.ContainerPort, PublicPort = port.HostPort, Type = port.Protocol }).ToList();
        foreach (string exposed in container.Config.ExposedPorts)
        {
            (ushort port, string protocol) = PortTranslator.Parse(exposed);
            if (!published.Any(entry => entry.PrivatePort == port && entry.Type == protocol))
                published.Add(new Port { PrivatePort = port, Type = protocol });
        }
        return published;
    }

    private static EndpointSettings Show(Engine.Containers.Model.EndpointSettings asked, NetworkRecord network, Endpoint? live) => new()
    {
        IpamConfig = Ipam(asked),
        DriverOpts = asked.DriverOptions.Count > 0 ? asked.DriverOptions : null,
        Aliases = asked.Aliases.Count > 0 ? asked.Aliases : null,
        Links = asked.Links.Count > 0 ? asked.Links : null,
        MacAddress = live?.MacAddress ?? "",
        GwPriority = asked.GatewayPriority,
        NetworkId = network.Id.Value,
        EndpointId = live?.Id ?? "",
        Gateway = live?.Gateway?.ToString() ?? "",
        IPAddress = live?.Address?.ToString() ?? "",
        IPPrefixLen = live?.PrefixLength ?? 0,
        GlobalIPv6Address = live?.Address6?.ToString() ?? "",
        GlobalIPv6PrefixLen = live?.PrefixLength6 ?? 0,
        IPv6Gateway = live?.Gateway6?.ToString() ?? "",
        DnsNames = live?.DnsNames is { Count: > 0 } names ? names : null,
    };

    private static EndpointIpamConfig? Ipam(Engine.Containers.Model.EndpointSettings asked)
    {
        var config = new EndpointIpamConfig
        {
            IPv4Address = asked.Ipv4Address is { Length: > 0 } ? asked.Ipv4Address : null,
            IPv6Address = asked.Ipv6Address is { Length: > 0 } ? asked.Ipv6Address : null,
            LinkLocalIPs = asked.LinkLocalAddresses.Count > 0 ? asked.LinkLocalAddresses : null,
        };
        return config == new EndpointIpamConfig() ? null : config;
    }

    private static Dictionary<string, IReadOnlyList<PortBinding>?> PortMap(ContainerRecord container, Sandbox? sandbox)
    {
        var result = new Dictionary<string, IReadOnlyList<PortBinding>?>(StringComparer.Ordinal);
        if (sandbox is null)
            return result;
        foreach (string exposed in container.Config.ExposedPorts)
            result[PortTranslator.Normalise(exposed)] = null;
        foreach (IGrouping<string, PublishedPort> group in sandbox.Ports.GroupBy(port => $"{port.ContainerPort}/{port.Protocol}"))
            result[group.Key] = [.. group.Select(port => new PortBinding { HostIp = port.HostAddress.ToString(), HostPort = port.HostPort == 0 ? "" : port.HostPort.ToString(CultureInfo.InvariantCulture) })];
        return result;
    }

    private Sandbox? SandboxOf(ContainerRecord container) =>
        container.State.IsAlive && networks.TryGetSandbox(container.Id, out Sandbox? sandbox) ? sandbox : null;
}
