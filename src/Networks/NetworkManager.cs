using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Argosy.Core;
using Argosy.Store;
using Microsoft.Extensions.Logging;

namespace Argosy.Networks;

/// <summary>
/// Networks, and the network of every running container. One container's changes are serialised by its own lock;
/// looking takes none. <see cref="ReconcileAsync"/> comes first, once.
/// </summary>
public sealed partial class NetworkManager : IDisposable
{
    private readonly DaemonPaths paths;
    private readonly NetworksOptions options;
    private readonly StateStore store;
    private readonly KernelNames names;
    private readonly NamespacePool pool;
    private readonly LinkSweeper sweeper;
    private readonly BridgeDriver bridges;
    private readonly VlanDriver vlans;
    private readonly Firewall firewall;
    private readonly PortRegistry ports;
    private readonly PortPublisher publisher;
    private readonly SandboxDirectory directory;
    private readonly IReadOnlyList<ISandboxService> services;
    private readonly TimeProvider time;
    private readonly ILogger<NetworkManager> logger;

    private readonly Collection<NetworkRecord> networks;
    private readonly Collection<Sandbox> sandboxes;
    private readonly ConcurrentDictionary<NetworkId, NetworkAddresses> addresses = new();
    private readonly ConcurrentDictionary<ContainerId, LiveSandbox> live = new();
    private readonly KeyedLock<ContainerId> containerLocks = new();
    private readonly KeyedLock<string> networkChange = new();

    internal NetworkManager(DaemonPaths paths, NetworksOptions options, StateStore store, KernelNames names, NamespacePool pool, LinkSweeper sweeper, BridgeDriver bridges,
        Firewall firewall, PortRegistry ports, SandboxDirectory directory, IEnumerable<ISandboxService> services, TimeProvider time, ILogger<NetworkManager> logger)
    {
        (this.paths, this.options, this.store, this.names, this.pool, this.sweeper, this.bridges) = (paths, options, store, names, pool, sweeper, bridges);
        (this.firewall, this.ports, this.directory, this.time, this.logger) = (firewall, ports, directory, time, logger);
        this.services = [.. services];
        vlans = new VlanDriver(bridges, names);
        publisher = new PortPublisher(ports, options);
        networks = store.Collection("network", NetworksJson.Default.NetworkRecord);
        sandboxes = store.Collection("endpoint", NetworksJson.Default.Sandbox);
    }

    /// <summary>All networks, in the order of their names.</summary>
    public IReadOnlyList<NetworkRecord> List() => [.. networks.All.OrderBy(network => network.Name, StringComparer.Ordinal)];

    /// <summary>Looks a network up by its id, its name, or the beginning of its id.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotFound"/>; <see cref="ErrorKind.InvalidArgument"/> when it begins several ids.</exception>
    public NetworkRecord Find(string reference)
    {
        if (networks.TryGet(reference, out NetworkRecord? exact) || TryFindByName(reference, out exact))
            return exact;
        NetworkRecord[] candidates = reference.Length == 0 ? [] : [.. networks.All.Where(network => network.Id.Value.StartsWith(reference, StringComparison.Ordinal))];
        return candidates.Length switch
        {
            1 => candidates[0],
            0 => throw EngineException.NotFound($"network {reference} not found"),
            _ => throw EngineException.Invalid($"network {reference} is ambiguous ({candidates.Length} matches found based on ID prefix)"),
        };
    }

    /// <summary>As <see cref="Find"/>; false when there is none, or more than one.</summary>
    public bool TryFind(string reference, [NotNullWhen(true)] out NetworkRecord? network)
    {
        if (networks.TryGet(reference, out network) || TryFindByName(reference, out network))
            return true;
        NetworkRecord[] candidates = reference.Length == 0 ? [] : [.. networks.All.Where(candidate => candidate.Id.Value.StartsWith(reference, StringComparison.Ordinal))];
        network = candidates.Length == 1 ? candidates[0] : null;
        return network is not null;
    }

    /// <summary>Looks a network up by its whole id.</summary>
    public bool TryGet(NetworkId id, [NotNullWhen(true)] out NetworkRecord? network) => networks.TryGet(id.Value, out network);

    /// <summary>The network of a running container.</summary>
    public bool TryGetSandbox(ContainerId id, [NotNullWhen(true)] out Sandbox? sandbox) => directory.TryGet(id, out sandbox);

    /// <summary>The running containers that are connected to a network.</summary>
    public IReadOnlyList<(Sandbox Sandbox, Endpoint Endpoint)> EndpointsOf(NetworkId network) =>
        [.. directory.All.SelectMany(sandbox => sandbox.Endpoints.Where(endpoint => endpoint.Network == network).Select(endpoint => (sandbox, endpoint)))];

    /// <summary>Closes descriptors; everything in the kernel stays for the containers that run.</summary>
    public void Dispose()
    {
        foreach (LiveSandbox living in live.Values)
            living.Dispose();
    }

    private INetworkDriver DriverOf(NetworkRecord network) => network.Bridge.Length > 0 ? bridges : vlans;

    private INetworkDriver DriverOf(Endpoint endpoint) => endpoint.Driver == "bridge" ? bridges : vlans;

    private bool TryFindByName(string name, [NotNullWhen(true)] out NetworkRecord? found)
    {
        found = networks.All.FirstOrDefault(network => network.Name == name);
        return found is not null;
    }

    private NetworkRecord Get(NetworkId id) => TryGet(id, out NetworkRecord? network) ? network : throw EngineException.NotFound($"network {id} not found");
}
