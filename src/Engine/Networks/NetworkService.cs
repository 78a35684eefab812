using System.Net;
using Argosy.Core;
using Argosy.Engine.Containers;
using Argosy.Networks;

namespace Argosy.Engine.Networks;

/// <summary>The use cases of networks: what joins them with containers and events.</summary>
public sealed class NetworkService(NetworkManager networks, IContainerDirectory containers, NetworkEvents events)
{
    /// <summary>All networks.</summary>
    public IReadOnlyList<NetworkRecord> List() => networks.List();

    /// <summary>See <see cref="NetworkManager.Find"/>.</summary>
    public NetworkRecord Find(string reference) => networks.Find(reference);

    /// <summary>The running containers on a network.</summary>
    public IReadOnlyList<(Sandbox Sandbox, Endpoint Endpoint)> EndpointsOf(NetworkRecord network) => networks.EndpointsOf(network.Id);

    /// <summary>Makes a network.</summary>
    public async Task<NetworkRecord> CreateAsync(NetworkSpec spec, CancellationToken cancellationToken)
    {
        NetworkRecord network = await networks.CreateAsync(spec, cancellationToken);
        events.Created(network);
        return network;
    }

    /// <summary>Removes a network.</summary>
    public async Task RemoveAsync(string reference, CancellationToken cancellationToken)
    {
        NetworkRecord network = networks.Find(reference);
        await networks.RemoveAsync(network, cancellationToken);
        events.Destroyed(network);
    }

    /// <summary>Removes the user-defined networks that no running container is on, that are no configuration, and that <paramref name="wanted"/> accepts.</summary>
    /// <returns>The names of those removed.</returns>
    public async Task<IReadOnlyList<string>> PruneAsync(Func<NetworkRecord, bool> wanted, CancellationToken cancellationToken)
    {
        var removed = new List<string>();
        foreach (NetworkRecord network in networks.List().Where(network => !network.IsPredefined && network.Configuration is null && wanted(network) && networks.EndpointsOf(network.Id).Count == 0))
        {
            try
            {
                await RemoveAsync(network.Id.Value, cancellationToken);
                removed.Add(network.Name);
            }
            catch (EngineException exception) when (exception.Kind is ErrorKind.Forbidden or ErrorKind.NotFound)
            {
                // It came into use, or someone else removed it, since we looked.
            }
        }
        return removed;
    }

    /// <summary>Connects a container: a running one now, any one for its next starts too.</summary>
    public async Task ConnectAsync(string networkReference, string containerReference, EndpointConfiguration wanted, CancellationToken cancellationToken)
    {
        ContainerId container = containers.ResolveId(containerReference);
        NetworkRecord network = networks.Find(networkReference);
        RequireConnectable(containers.NetworkModeOf(container), network);
        Check(wanted, network);
        if (!containers.IsRunning(container))
        {
            await containers.PutEndpointAsync(container, wanted, cancellationToken);
            return;
        }
        Endpoint endpoint = await networks.ConnectAsync(container, Spec(wanted), cancellationToken);
        // The point of no return: it is connected. A client that hangs up now must not leave the configuration behind.
        await containers.PutEndpointAsync(container, wanted, CancellationToken.None);
        events.Connected(container, endpoint);
    }

    /// <summary>Disconnects a container: a running one now, any one for its next starts too.</summary>
    /// <param name="networkReference">The network.</param>
    /// <param name="containerReference">The container.</param>
    /// <param name="force">Not being connected is no error.</param>
    /// <param name="cancellationToken">Ends waiting, not a disconnection that has begun.</param>
    public async Task DisconnectAsync(string networkReference, string containerReference, bool force, CancellationToken cancellationToken)
    {
        NetworkRecord network = networks.Find(networkReference);
        ContainerId container = containers.ResolveId(containerReference);
        if (network.Driver == "host" || containers.NetworkModeOf(container) == PredefinedNetworks.Host)
            throw HostConflict();
        Endpoint? endpoint = networks.TryGetSandbox(container, out Sandbox? sandbox)
            ? sandbox.Endpoints.FirstOrDefault(candidate => candidate.Network == network.Id)
            : null;
        bool configured = containers.HasEndpoint(container, network.Id);
        if (endpoint is null && !configured && !force)
            throw new EngineException(ErrorKind.Internal, $"container {container} is not connected to network {network.Name}");
        if (endpoint is not null)
            await networks.DisconnectAsync(container, network.Id, cancellationToken);
        if (configured)
            await containers.RemoveEndpointAsync(container, network.Id, CancellationToken.None);
        if (endpoint is not null)
            events.Disconnected(container, endpoint);
    }

    private static EndpointSpec Spec(EndpointConfiguration wanted) => new()
    {
        Network = wanted.Network,
        Aliases = wanted.Aliases,
        Links = [.. wanted.Links.Select(LinkText.Parse).Select(link => new LinkedName(link.Alias, link.Name))],
        Address = wanted.Address,
        Address6 = wanted.Address6,
        LinkLocal = wanted.LinkLocal,
        Options = wanted.Options,
        MacAddress = wanted.MacAddress,
        GatewayPriority = wanted.GatewayPriority,
    };

    private static void RequireConnectable(string mode, NetworkRecord network)
    {
        if (mode.StartsWith("container:", StringComparison.Ordinal))
            throw EngineException.Invalid("container sharing network namespace with another container or host cannot be connected to any other network");
        if (mode == PredefinedNetworks.Host || network.Driver == "host")
            throw HostConflict();
        if (network.Configuration is not null)
            throw ConfigurationNetworks.NoEndpoint();
        if (mode == PredefinedNetworks.None || network.Name == PredefinedNetworks.None)
            throw EngineException.Invalid("container cannot be connected to multiple networks with one of the networks in private (none) mode");
    }

    /// <summary>What a running container's connection would refuse is refused for a stopped one too, now and not at its next start.</summary>
    private static void Check(EndpointConfiguration wanted, NetworkRecord network)
    {
        if (network.Name == PredefinedNetworks.Bridge && wanted.Aliases.Count > 0)
            throw Wrong("network-scoped alias is supported only for containers in user defined networks");
        EndpointOptions.Parse(wanted.Options);
        CheckAddress(wanted.Address, network, network.HasChosenSubnet);
        CheckAddress(wanted.Address6, network, network.HasChosenSubnet6);
    }

    private static void CheckAddress(IPAddress? address, NetworkRecord network, bool hasChosenSubnet)
    {
        if (address is null)
            return;
        if (network.IsPredefined)
            throw Wrong("user specified IP address is supported on user defined networks only");
        if (!hasChosenSubnet)
            throw Wrong("user specified IP address is supported only when connecting to networks with user configured subnets");
        if (!network.Subnets.Any(subnet => subnet.Subnet.Contains(address)))
            throw Wrong($"no configured subnet or ip-range contain the IP address {address}");
    }

    private static EngineException Wrong(string message) => EngineException.Invalid("invalid endpoint settings:\n" + message);

    private static EngineException HostConflict() => EngineException.Invalid("container cannot be disconnected from host network or connected to host network");
}
