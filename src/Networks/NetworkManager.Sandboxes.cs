using System.Net;
using System.Net.NetworkInformation;
using Argosy.Core;
using Argosy.Linux;

namespace Argosy.Networks;

// The network of a container, from its start to its end.
public sealed partial class NetworkManager
{
    /// <summary>
    /// Makes a container's network: a namespace, its connections, its published ports, its name server.
    /// On failure nothing is left. One that the container still had is torn down first.
    /// </summary>
    /// <exception cref="EngineException">With Docker's words: a missing network, a taken address or port.</exception>
    public async Task<Sandbox> SetUpAsync(SandboxSpec spec, CancellationToken cancellationToken)
    {
        foreach (PortBindingSpec port in spec.Ports)
            PortPublisher.Validate(port);
        using IDisposable held = await containerLocks.AcquireAsync(spec.Container, cancellationToken);
        await ReleaseAsync(spec.Container);
        try
        {
            return await SetUpLockedAsync(spec);
        }
        catch (EngineException exception) when (exception.Kind != ErrorKind.NotImplemented)
        {
            throw new EngineException(exception.Kind, "failed to set up container networking: " + exception.Message, exception);
        }
        catch (LinuxException exception)
        {
            throw new EngineException(ErrorKind.Internal, "failed to set up container networking: " + exception.Message, exception);
        }
    }

    /// <summary>Releases everything that a container's network is; having none is no error. Failing steps are logged and do not stop the others.</summary>
    public async Task TearDownAsync(ContainerId id)
    {
        using IDisposable held = await containerLocks.AcquireAsync(id);
        await ReleaseAsync(id);
    }

    private async Task<Sandbox> SetUpLockedAsync(SandboxSpec spec)
    {
        await using var undo = new Rollback();

        // 1. Decide: addresses and ports are taken, nothing is made.
        var endpoints = new List<(NetworkRecord Network, Endpoint Endpoint)>();
        foreach (EndpointSpec wanted in spec.Endpoints)
            endpoints.Add(Plan(wanted, spec.ContainerName, spec.Container, spec.Hostname, endpoints.Select(pair => pair.Endpoint.InterfaceName), undo));
        Endpoint? gateway = GatewayChoice.Of([.. endpoints.Select(pair => pair.Endpoint)]);
        var reserved = gateway is null ? [] : publisher.Reserve(spec.Ports, gateway, BridgeDriver.Options(Get(gateway.Network)), spec.ContainerName);
        foreach ((_, PortReservation reservation) in reserved)
            undo.Add(reservation.Dispose);

        // 2. Keep the record, which takes a commit, while the kernel works.
        PreparedNamespace inside = pool.Take();
        undo.Add(inside.Delete);
        Sandbox sandbox = Describe(spec, inside.Path, [.. endpoints.Select(pair => pair.Endpoint)], [.. reserved.Select(pair => pair.Port)]);
        Task kept = sandboxes.PutAsync(spec.Container.Value, sandbox);
        undo.Add(async () => { await kept; await sandboxes.DeleteAsync(spec.Container.Value); });

        // 3. Make it.
        foreach ((NetworkRecord network, Endpoint endpoint) in endpoints)
        {
            undo.Add(() => bridges.Detach(endpoint));
            bridges.Attach(network, endpoint, inside, defaultRoute: endpoint == gateway);
        }
        FirewallPort[] rules = Rules(sandbox);
        firewall.Add(rules);
        undo.Add(() => firewall.Remove(rules));
        await kept;

        // 4. Show it.
        var living = new LiveSandbox(inside) { Snapshot = sandbox };
        living.Reservations.AddRange(reserved.Select(pair => pair.Reservation));
        directory.Put(sandbox);
        undo.Add(() => directory.Remove(spec.Container));
        foreach (ISandboxService service in services)
        {
            undo.Add(() => service.DetachAsync(spec.Container).AsTask());
            await service.AttachAsync(sandbox);
        }
        live[spec.Container] = living;
        undo.Commit();
        return sandbox;
    }

    private static Sandbox Describe(SandboxSpec spec, string path, IReadOnlyList<Endpoint> endpoints, IReadOnlyList<PublishedPort> published) => new()
    {
        Container = spec.Container,
        ContainerName = spec.ContainerName,
        Hostname = spec.Hostname,
        NamespacePath = path,
        Endpoints = endpoints,
        Ports = published,
        DnsServers = spec.DnsServers,
        DnsSearch = spec.DnsSearch,
        DnsOptions = spec.DnsOptions,
    };

    /// <summary>Takes an address and decides everything else about an endpoint.</summary>
    private (NetworkRecord, Endpoint) Plan(EndpointSpec wanted, string containerName, ContainerId container, string hostname, IEnumerable<string> usedInterfaces, Rollback undo)
    {
        NetworkRecord network = Get(wanted.Network);
        if (!addresses.TryGetValue(network.Id, out AddressAllocator? allocator))
            throw EngineException.Invalid($"the network {network.Name} has no endpoints: its driver is {network.Driver}");
        if (wanted.Address is not null)
            RequireChoosable(network);
        PhysicalAddress? mac = null;
        if (!string.IsNullOrEmpty(wanted.MacAddress) && !MacAddresses.TryParse(wanted.MacAddress, out mac))
            throw EngineException.Invalid($"invalid MAC address: {wanted.MacAddress}");
        IPAddress address = wanted.Address is null ? allocator.Take() : allocator.Take(wanted.Address);
        undo.Add(() => allocator.Release(address));
        return (network, new Endpoint
        {
            Id = RandomId.Next(),
            Network = network.Id,
            NetworkName = network.Name,
            Address = address,
            PrefixLength = network.Subnets[0].Subnet.PrefixLength,
            Gateway = network.Internal ? null : network.Subnets[0].Gateway,
            MacAddress = MacAddresses.Format(mac ?? MacAddresses.Of(address)),
            Aliases = wanted.Aliases,
            Links = wanted.Links,
            DnsNames = network.ResolvesNames ? DnsNames(containerName, container, hostname, wanted.Aliases) : [],
            GatewayPriority = wanted.GatewayPriority,
            InterfaceName = FreeInterfaceName(BridgeDriver.Options(network).ContainerPrefix, [.. usedInterfaces]),
            HostInterface = names.NewVeth(),
        });
    }

    private static void RequireChoosable(NetworkRecord network)
    {
        if (network.IsPredefined)
            throw EngineException.Invalid("user specified IP address is supported on user defined networks only");
        if (!network.HasChosenSubnet)
            throw EngineException.Invalid("user specified IP address is supported only when connecting to networks with user configured subnets");
    }

    private static IReadOnlyList<string> DnsNames(string name, ContainerId container, string hostname, IReadOnlyList<string> aliases) =>
        [.. new[] { name }.Concat(aliases).Append(container.Short).Append(hostname).Where(candidate => candidate.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static string FreeInterfaceName(string prefix, HashSet<string> used)
    {
        for (int number = 0; ; number++)
            if (!used.Contains($"{prefix}{number}"))
                return $"{prefix}{number}";
    }

    private static FirewallPort[] Rules(Sandbox sandbox) => sandbox.GatewayEndpoint is not { } endpoint
        ? []
        : [.. sandbox.Ports.Select(port => new FirewallPort(port.Protocol, port.HostAddress, port.HostPort, endpoint.Address, port.ContainerPort))];

    private async Task ReleaseAsync(ContainerId id)
    {
        if (!live.TryRemove(id, out LiveSandbox? living))
            return;
        Sandbox sandbox = living.Snapshot;
        foreach (ISandboxService service in services)
            await AttemptAsync(id, "name server", () => service.DetachAsync(id).AsTask());
        directory.Remove(id);
        await AttemptAsync(id, "published ports", () => firewall.Remove(Rules(sandbox)));
        foreach (PortReservation reservation in living.Reservations)
            reservation.Dispose();
        foreach (Endpoint endpoint in sandbox.Endpoints)
            await AttemptAsync(id, endpoint.HostInterface, () => bridges.Silence(endpoint));
        await AttemptAsync(id, "namespace", living.Inside.Delete);
        await AttemptAsync(id, "record", () => sandboxes.DeleteAsync(id.Value));
        foreach (Endpoint endpoint in sandbox.Endpoints)
        {
            sweeper.Add(endpoint.HostInterface);
            if (addresses.TryGetValue(endpoint.Network, out AddressAllocator? allocator))
                allocator.Release(endpoint.Address);
        }
    }

    private Task AttemptAsync(ContainerId id, string what, Action action) => AttemptAsync(id, what, () =>
    {
        action();
        return Task.CompletedTask;
    });

    private async Task AttemptAsync(ContainerId id, string what, Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception exception)
        {
            NetworksLog.ReleaseFailed(logger, id.Value, what, exception);
        }
    }
}
