using Argosy.Core;
using Argosy.Engine.Containers.Model;
using Argosy.Engine.Networks;
using Argosy.Networks;

namespace Argosy.Engine.Containers;

/// <summary>What the networks' use cases may know and change of containers.</summary>
internal sealed class ContainerDirectory(ContainerTable table, ContainerLifecycle lifecycle, NetworkManager networks) : IContainerDirectory
{
    public ContainerId ResolveId(string reference) => table.Find(reference).Id;

    public bool IsRunning(ContainerId id) => table.TryGet(id, out ContainerRecord? container) && container.State.IsAlive;

    public string NetworkModeOf(ContainerId id) => table.Get(id).Host.NetworkMode;

    public bool HasEndpoint(ContainerId id, NetworkId network) => table.Get(id).Endpoints.Any(endpoint => IsOn(endpoint, network));

    public Task PutEndpointAsync(ContainerId id, EndpointConfiguration endpoint, CancellationToken cancellationToken) =>
        lifecycle.ChangeEndpointsAsync(id, endpoints => [.. endpoints.Where(existing => !IsOn(existing, endpoint.Network)), Settings(endpoint)], cancellationToken);

    public Task RemoveEndpointAsync(ContainerId id, NetworkId network, CancellationToken cancellationToken) =>
        lifecycle.ChangeEndpointsAsync(id, endpoints => [.. endpoints.Where(existing => !IsOn(existing, network))], cancellationToken);

    private bool IsOn(EndpointSettings endpoint, NetworkId network) =>
        networks.TryFind(endpoint.Network, out NetworkRecord? found) && found.Id == network;

    private static EndpointSettings Settings(EndpointConfiguration endpoint) => new()
    {
        Network = endpoint.NetworkName,
        Aliases = endpoint.Aliases,
        Links = endpoint.Links,
        Ipv4Address = endpoint.Address?.ToString(),
        Ipv6Address = endpoint.Address6?.ToString(),
        LinkLocalAddresses = [.. endpoint.LinkLocal.Select(address => address.ToString())],
        DriverOptions = endpoint.Options,
        MacAddress = endpoint.MacAddress,
        GatewayPriority = endpoint.GatewayPriority,
    };
}
