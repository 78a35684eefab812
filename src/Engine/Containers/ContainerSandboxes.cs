using System.Globalization;
using System.Net;
using Argosy.Core;
using Argosy.Engine.Containers.Model;
using Argosy.Engine.Networks;
using Argosy.Networks;

namespace Argosy.Engine.Containers;

/// <summary>What a container's record asks of the network, in the words of <see cref="NetworkManager"/>.</summary>
public sealed class ContainerSandboxes(NetworkManager networks, ContainerTable table, ContainerLinks links, NetworkEvents events)
{
    /// <summary>Makes the container's network namespace with everything in it.</summary>
    /// <returns>The namespace to join, null for the host's; and the sandbox, null when the container has none of its own.</returns>
    public async Task<(string? NamespacePath, Sandbox? Sandbox)> SetUpAsync(ContainerRecord container, CancellationToken cancellationToken)
    {
        string mode = container.Host.NetworkMode;
        if (mode == "host")
            return (null, null);
        if (mode.StartsWith("container:", StringComparison.Ordinal))
            return (JoinedNamespace(mode["container:".Length..]), null);
        Sandbox sandbox = await networks.SetUpAsync(Describe(container), cancellationToken);
        foreach (Endpoint endpoint in container.Hidden ? [] : sandbox.Endpoints)
            events.Connected(container.Id, endpoint);
        return (sandbox.NamespacePath, sandbox);
    }

    /// <summary>Releases everything; idempotent.</summary>
    public async Task TearDownAsync(ContainerId id)
    {
        bool shown = table.TryGet(id, out ContainerRecord? container) && !container.Hidden;
        IReadOnlyList<Endpoint> endpoints = shown && networks.TryGetSandbox(id, out Sandbox? sandbox) ? sandbox.Endpoints : [];
        await networks.TearDownAsync(id);
        foreach (Endpoint endpoint in endpoints)
            events.Disconnected(id, endpoint);
    }

    /// <summary>What one endpoint asks for, with the names that DNS gives the container there.</summary>
    internal EndpointSpec Describe(ContainerRecord container, EndpointSettings endpoint)
    {
        NetworkRecord network = networks.Find(endpoint.Network);
        return new EndpointSpec
        {
            Network = network.Id,
            Aliases = endpoint.Aliases,
            Links = links.Names(endpoint),
            Address = endpoint.Ipv4Address is { Length: > 0 } text ? ParseAddress(text) : null,
            Address6 = endpoint.Ipv6Address is { Length: > 0 } text6 ? ParseAddress(text6) : null,
            LinkLocal = [.. endpoint.LinkLocalAddresses.Select(ParseAddress)],
            Options = endpoint.DriverOptions,
            MacAddress = endpoint.MacAddress is { Length: > 0 } mac ? mac : null,
            GatewayPriority = endpoint.GatewayPriority,
        };
    }

    private SandboxSpec Describe(ContainerRecord container) => new()
    {
        Container = container.Id,
        ContainerName = container.Name,
        Hostname = container.Config.Hostname,
        Endpoints = [.. container.Endpoints.Select(endpoint => Describe(container, endpoint))],
        ExposedPorts = [.. container.Config.ExposedPorts.Union(container.Host.PortBindings.Select(binding => $"{binding.ContainerPort}/{binding.Protocol}"))],
        Ports = [.. Ports(container)],
        DnsServers = container.Host.Dns,
        DnsSearch = container.Host.DnsSearch,
        DnsOptions = container.Host.DnsOptions,
    };

    private string JoinedNamespace(string reference)
    {
        ContainerRecord other = table.Find(reference);
        if (!other.State.IsAlive)
            throw EngineException.Conflict($"cannot join network of a non running container: {other.Id}");
        return $"/proc/{other.State.Pid.ToString(CultureInfo.InvariantCulture)}/ns/net";
    }

    private static IEnumerable<PortBindingSpec> Ports(ContainerRecord container)
    {
        var bound = new HashSet<string>(StringComparer.Ordinal);
        foreach (PortBinding binding in container.Host.PortBindings)
        {
            bound.Add($"{binding.ContainerPort}/{binding.Protocol}");
            yield return Describe(binding);
        }
        if (!container.Host.PublishAllPorts)
            yield break;
        foreach (string exposed in container.Config.ExposedPorts.Where(port => !bound.Contains(port)))
        {
            string[] parts = exposed.Split('/');
            yield return new PortBindingSpec(ushort.Parse(parts[0], CultureInfo.InvariantCulture), parts.Length > 1 ? parts[1] : "tcp", null, 0);
        }
    }

    internal static PortBindingSpec Describe(PortBinding binding)
    {
        (ushort first, ushort last) = ParseHostPort(binding.HostPort);
        return new PortBindingSpec(binding.ContainerPort, binding.Protocol, binding.HostIp.Length == 0 ? null : ParseAddress(binding.HostIp), first, last);
    }

    private static (ushort First, ushort Last) ParseHostPort(string text)
    {
        if (text.Length == 0)
            return (0, 0);
        string[] parts = text.Split('-');
        if (!ushort.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out ushort first))
            throw EngineException.Invalid($"invalid port specification: \"{text}\"");
        if (parts.Length == 1)
            return (first, 0);
        if (parts.Length > 2 || !ushort.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out ushort last) || last < first)
            throw EngineException.Invalid($"invalid port specification: \"{text}\"");
        return (first, last);
    }

    private static IPAddress ParseAddress(string text) =>
        IPAddress.TryParse(text, out IPAddress? address) ? address : throw EngineException.Invalid($"invalid IP address: {text}");
}
