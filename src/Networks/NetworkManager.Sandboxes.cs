using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
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
        Endpoint[] all = [.. endpoints.Select(pair => pair.Endpoint)];
        PortTargets targets = Targets(all);
        var reserved = publisher.Reserve(spec.Ports, targets, spec.ContainerName);
        PortReservation[] holds = [.. reserved.Select(pair => pair.Reservation).OfType<PortReservation>()];
        foreach (PortReservation hold in holds)
            undo.Add(hold.Dispose);

        // 2. Keep the record, which takes a commit, while the kernel works.
        PreparedNamespace inside = pool.Take();
        undo.Add(inside.Delete);
        Sandbox sandbox = Describe(spec, inside.Path, [.. endpoints.Select(pair => pair.Endpoint)], [.. reserved.Select(pair => pair.Port)]);
        Task kept = sandboxes.PutAsync(spec.Container.Value, sandbox);
        undo.Add(async () => { await kept; await sandboxes.DeleteAsync(spec.Container.Value); });

        // 3. Make it.
        foreach ((NetworkRecord network, Endpoint endpoint) in endpoints)
        {
            undo.Add(() => DriverOf(endpoint).Detach(endpoint, inside));
            DriverOf(endpoint).Attach(network, endpoint, inside, Gateways(endpoint, GatewayChoice.Of(all), GatewayChoice.Of6(all)));
        }
        FirewallPort[] rules = Rules(sandbox);
        firewall.Add(rules);
        undo.Add(() => firewall.Remove(rules));
        await kept;

        // 4. Show it.
        var living = new LiveSandbox(inside) { Snapshot = sandbox };
        living.Reservations.AddRange(holds);
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
        ExposedPorts = spec.ExposedPorts,
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
        if (network.Configuration is not null)
            throw ConfigurationNetworks.NoEndpoint();
        if (!addresses.TryGetValue(network.Id, out NetworkAddresses? allocator))
            throw EngineException.Invalid($"the network {network.Name} has no endpoints: its driver is {network.Driver}");
        if (wanted.Address is not null)
            RequireChoosable(network, network.HasChosenSubnet);
        if (wanted.Address6 is not null)
            RequireChoosable(network, network.HasChosenSubnet6);
        EndpointOptions parsed = EndpointOptions.Parse(wanted.Options);
        (PhysicalAddress? Mac, bool HasGateway)? vlan = network.Bridge.Length == 0 ? vlans.Plan(network) : null;
        PhysicalAddress? mac = null;
        if (!string.IsNullOrEmpty(wanted.MacAddress) && !MacAddresses.TryParse(wanted.MacAddress, out mac))
            throw EngineException.Invalid($"invalid MAC address: {wanted.MacAddress}");
        (IPAddress? address, SubnetRecord? subnet) = network.Ipv4 is null ? default : Take(allocator, wanted.Address, AddressFamily.InterNetwork, undo);
        (IPAddress? address6, SubnetRecord? subnet6) = network.Ipv6 is null ? default : Take(allocator, wanted.Address6, AddressFamily.InterNetworkV6, undo);
        string device = parsed.InterfaceName ?? FreeInterfaceName(vlan is null ? BridgeDriver.Options(network).ContainerPrefix : "eth", [.. usedInterfaces]);
        if (usedInterfaces.Contains(device))
            throw EngineException.Invalid($"invalid endpoint settings:\nthe interface name \"{device}\" is used by another of the container's networks");
        return (network, new Endpoint
        {
            Id = RandomId.Next(),
            Network = network.Id,
            NetworkName = network.Name,
            Driver = network.Driver,
            Address = address,
            PrefixLength = subnet?.Subnet.PrefixLength ?? 0,
            Gateway = network.Internal || vlan is { HasGateway: false } ? null : subnet?.Gateway,
            Address6 = address6,
            PrefixLength6 = subnet6?.Subnet.PrefixLength ?? 0,
            Gateway6 = network.Internal ? null : subnet6?.Gateway,
            Neighbours = vlan is not null ? [] : [.. network.Subnets.Where(other => other != subnet && other != subnet6).Select(other => other.Subnet)],
            LinkLocal = wanted.LinkLocal,
            Settings = parsed.Settings(device),
            MacAddress = MacAddresses.Format(vlan?.Mac ?? mac ?? MacAddresses.Of(address ?? address6!)),
            Aliases = wanted.Aliases,
            Links = wanted.Links,
            DnsNames = network.ResolvesNames ? DnsNames(containerName, container, hostname, wanted.Aliases) : [],
            GatewayPriority = wanted.GatewayPriority,
            InterfaceName = device,
            HostInterface = vlan is null ? names.NewVeth() : "",
        });
    }

    private static (IPAddress, SubnetRecord) Take(NetworkAddresses allocator, IPAddress? wanted, AddressFamily family, Rollback undo)
    {
        (IPAddress address, SubnetRecord subnet) = wanted is null ? allocator.Take(family) : allocator.Take(wanted);
        undo.Add(() => allocator.Release(address));
        return (address, subnet);
    }

    private static void RequireChoosable(NetworkRecord network, bool hasChosenSubnet)
    {
        if (network.IsPredefined)
            throw EngineException.Invalid("user specified IP address is supported on user defined networks only");
        if (!hasChosenSubnet)
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

    /// <summary>What a set of endpoints, their gateways chosen, means for published ports.</summary>
    private PortTargets Targets(IReadOnlyList<Endpoint> endpoints)
    {
        (Endpoint? endpoint, Endpoint? endpoint6) = (GatewayChoice.Of(endpoints), GatewayChoice.Of6(endpoints));
        // Whoever is a machine of the parent's network has nothing to publish.
        endpoint = endpoint?.Driver == "bridge" ? endpoint : null;
        endpoint6 = endpoint6?.Driver == "bridge" ? endpoint6 : null;
        BridgeOptions? options = endpoint is null ? null : BridgeDriver.Options(Get(endpoint.Network)), options6 = endpoint6 is null ? null : BridgeDriver.Options(Get(endpoint6.Network));
        return new PortTargets(endpoint, endpoint6, options?.PublishAddress, options?.Mode == GatewayMode.Routed, options6?.Mode6 == GatewayMode.Routed);
    }

    private static List<IPAddress> Gateways(Endpoint endpoint, Endpoint? gateway, Endpoint? gateway6)
    {
        var gateways = new List<IPAddress>(2);
        if (endpoint == gateway)
            gateways.Add(endpoint.Gateway!);
        if (endpoint == gateway6)
            gateways.Add(endpoint.Gateway6!);
        return gateways;
    }

    /// <summary>A port of a family that no endpoint has at the moment leads nowhere, and comes back with it.</summary>
    private static FirewallPort[] Rules(Sandbox sandbox)
    {
        IPAddress? address = sandbox.GatewayEndpoint is { Driver: "bridge" } endpoint ? endpoint.Address : null;
        IPAddress? address6 = sandbox.GatewayEndpoint6 is { Driver: "bridge" } endpoint6 ? endpoint6.Address6 : null;
        return
        [
            .. from port in sandbox.Ports
               let target = port.HostAddress.AddressFamily == AddressFamily.InterNetwork ? address : address6
               where target is not null
               select new FirewallPort(port.Protocol, port.HostAddress, port.HostPort, target, port.ContainerPort),
        ];
    }

    private void ReleaseAddresses(Endpoint endpoint)
    {
        if (!addresses.TryGetValue(endpoint.Network, out NetworkAddresses? allocator))
            return;
        foreach (IPAddress address in endpoint.Addresses)
            allocator.Release(address);
    }

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
            await AttemptAsync(id, endpoint.HostInterface, () => DriverOf(endpoint).Silence(endpoint, living.Inside));
        await AttemptAsync(id, "namespace", living.Inside.Delete);
        await AttemptAsync(id, "record", () => sandboxes.DeleteAsync(id.Value));
        foreach (Endpoint endpoint in sandbox.Endpoints)
        {
            sweeper.Add(endpoint.HostInterface);
            ReleaseAddresses(endpoint);
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
