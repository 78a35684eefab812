using System.Net;
using System.Net.Sockets;
using Argosy.Core;
using Argosy.Linux.Netlink;

namespace Argosy.Networks;

// The daemon's start and end: records and kernel are made to agree.
public sealed partial class NetworkManager
{
    /// <summary>
    /// Makes the kernel agree with the records: the predefined networks exist, every bridge is up, running containers keep their
    /// connections, ports and name server, and everything else that is ours is removed. Call it once, before anything else here.
    /// </summary>
    public async Task ReconcileAsync(IReadOnlyCollection<ContainerId> running, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(paths.NetworkNamespaces);
        HostSettings.Write("net/ipv4/ip_forward", "1");
        if (options.HostFirewallDecides)
            names.Gate.Ensure(bridges.Host, names.Alias);
        HashSet<string> recorded = [.. networks.All.Select(network => network.Bridge), .. sandboxes.All.SelectMany(sandbox => sandbox.Endpoints).Select(endpoint => endpoint.HostInterface)];
        using (await SubnetLock.AcquireAsync(cancellationToken))
        {
            await EnsurePredefinedAsync();
            foreach (NetworkRecord network in networks.All.Where(network => network.Subnets.Count > 0))
            {
                Ensure(network);
                addresses[network.Id] = new NetworkAddresses(network);
            }
        }
        int stale = await AdoptAsync([.. running]);
        firewall.Reset(networks.All.Where(network => network.Bridge.Length > 0).Select(BridgeDriver.Firewall), live.Values.SelectMany(living => Rules(living.Snapshot)));
        RemoveStale(recorded);
        await ResetServicesAsync();
        NetworksLog.Reconciled(logger, live.Count, stale);
    }

    /// <summary>Writes the firewall again, which someone else changed.</summary>
    internal void RestoreFirewall() => firewall.Restore();

    /// <summary>Whether the table that we wrote is not there.</summary>
    internal bool IsFirewallMissing() => firewall.IsMissing();

    /// <summary>The table to look after.</summary>
    internal string FirewallTable => firewall.Table;

    /// <summary>At the daemon's end: with no container running, bridges and table serve nobody; they come back with the next start.</summary>
    internal void RemoveUnused()
    {
        if (!live.IsEmpty)
            return;
        firewall.Drop();
        bridges.DeleteOwn(names.Gate.Enter);
        foreach (NetworkRecord network in networks.All.Where(network => network.Subnets.Count > 0))
            DriverOf(network).Delete(network);
    }

    /// <summary>A parent that is not there today, a card that was taken out, makes its own networks fail and no others.</summary>
    private void Ensure(NetworkRecord network)
    {
        try
        {
            DriverOf(network).Ensure(network);
        }
        catch (EngineException exception) when (network.Bridge.Length == 0)
        {
            NetworksLog.ParentMissing(logger, network.Name, network.Parent, exception);
        }
    }

    private async Task EnsurePredefinedAsync()
    {
        if (!TryFindByName(PredefinedNetworks.Host, out _))
            await PutAsync(Predefined(PredefinedNetworks.Host, "host"));
        if (!TryFindByName(PredefinedNetworks.None, out _))
            await PutAsync(Predefined(PredefinedNetworks.None, "null"));
        NetworkRecord wanted = DefaultNetwork(TryFindByName(PredefinedNetworks.Bridge, out NetworkRecord? existing) ? existing : null);
        if (existing is null || !SameBridge(existing, wanted))
            await PutAsync(wanted);
    }

    private Task PutAsync(NetworkRecord network) => networks.PutAsync(network.Id.Value, network);

    private NetworkRecord Predefined(string name, string driver) => new() { Id = NetworkId.New(), Name = name, Driver = driver, Created = time.GetUtcNow() };

    private static bool SameBridge(NetworkRecord one, NetworkRecord other) =>
        one.Bridge == other.Bridge && SameSubnet(one.Ipv4, other.Ipv4) && SameSubnet(one.Ipv6, other.Ipv6)
        && one.Options.Count == other.Options.Count && one.Options.All(pair => other.Options.TryGetValue(pair.Key, out string? value) && value == pair.Value);

    private static bool SameSubnet(SubnetRecord? one, SubnetRecord? other) =>
        one is null ? other is null : other is not null && one.Subnet.Equals(other.Subnet) && one.Gateway.Equals(other.Gateway);

    /// <summary>The default network by the daemon's options; what they leave open is as it was.</summary>
    private NetworkRecord DefaultNetwork(NetworkRecord? existing)
    {
        var options = new Dictionary<string, string>
        {
            ["com.docker.network.bridge.default_bridge"] = "true",
            ["com.docker.network.bridge.enable_icc"] = this.options.InterContainerCommunication ? "true" : "false",
            ["com.docker.network.bridge.enable_ip_masquerade"] = "true",
            ["com.docker.network.bridge.host_binding_ipv4"] = this.options.PublishAddress.ToString(),
            ["com.docker.network.bridge.name"] = names.DefaultBridge,
            ["com.docker.network.driver.mtu"] = this.options.Mtu.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        return (existing ?? Predefined(PredefinedNetworks.Bridge, "bridge")) with { Options = options, Bridge = names.DefaultBridge, Subnets = [DefaultSubnet(existing), .. DefaultSubnet6(existing)] };
    }

    private SubnetRecord DefaultSubnet(NetworkRecord? existing)
    {
        if (options.DefaultBridgeAddress is { } wanted)
            return DefaultBridgeAddress.Parse(wanted);
        if (existing is not null)
            return existing.Ipv4!;
        IPNetwork[] used = [.. networks.All.SelectMany(network => network.Subnets).Select(subnet => subnet.Subnet), .. bridges.Host.ListDestinations()];
        var usual = IPNetwork.Parse("172.17.0.0/16");
        IPNetwork subnet = names.Table == "argosy" && !used.Any(network => AddressNumber.Overlap(network, usual)) ? usual : SubnetChooser.Choose(options.AddressPools, used);
        return new SubnetRecord { Subnet = subnet, Gateway = SubnetParser.DefaultGateway(subnet) };
    }

    /// <summary>None without the daemon's "ipv6"; its "fixed-cidr-v6", else what it was, else one of the pools.</summary>
    private SubnetRecord[] DefaultSubnet6(NetworkRecord? existing)
    {
        if (!options.DefaultBridgeIpv6)
            return [];
        if (options.DefaultBridgeSubnet6 is { } wanted)
            return [SubnetParser.Parse(new SubnetSpec { Subnet = wanted })];
        if (existing?.Ipv6 is { } before)
            return [before];
        return [ResolveFromPools([.. networks.All.SelectMany(network => network.Subnets).Select(subnet => subnet.Subnet)], AddressFamily.InterNetworkV6)];
    }

    private async Task<int> AdoptAsync(HashSet<ContainerId> running)
    {
        int stale = 0;
        foreach (Sandbox sandbox in sandboxes.All.ToArray())
        {
            if (running.Contains(sandbox.Container) && File.Exists(sandbox.NamespacePath) && TryAdopt(sandbox))
                continue;
            stale++;
            await sandboxes.DeleteAsync(sandbox.Container.Value);
        }
        return stale;
    }

    private bool TryAdopt(Sandbox sandbox)
    {
        PreparedNamespace inside;
        try
        {
            inside = PreparedNamespace.Adopt(sandbox.NamespacePath);
        }
        catch (IOException exception)
        {
            // A plain file: the mount went with a reboot, and the container with it.
            NetworksLog.ReleaseFailed(logger, sandbox.Container.Value, "namespace", exception);
            return false;
        }
        var living = new LiveSandbox(inside) { Snapshot = sandbox };
        foreach (Endpoint endpoint in sandbox.Endpoints)
        {
            if (!addresses.TryGetValue(endpoint.Network, out NetworkAddresses? allocator))
                continue;
            foreach (IPAddress address in endpoint.Addresses)
                allocator.Take(address);
            DriverOf(endpoint).Repair(Get(endpoint.Network), endpoint, inside, Gateways(endpoint, sandbox.GatewayEndpoint, sandbox.GatewayEndpoint6));
        }
        foreach (PublishedPort port in sandbox.Ports.Where(port => port.HostPort != 0))
        {
            living.Reservations.Add(ports.Adopt(port, out bool lost));
            if (lost)
                NetworksLog.PortLost(logger, $"{port.HostAddress}:{port.HostPort}/{port.Protocol}", sandbox.Container.Value);
        }
        live[sandbox.Container] = living;
        directory.Put(sandbox);
        return true;
    }

    private async Task ResetServicesAsync()
    {
        foreach (ISandboxService service in services)
        {
            try
            {
                await service.ResetAsync([.. live.Values.Select(living => living.Snapshot)]);
                foreach (NetworkRecord network in networks.All)
                    service.Prepare(network);
            }
            catch (Exception exception)
            {
                NetworksLog.ServiceFailed(logger, exception);
            }
        }
    }

    /// <param name="recorded">The devices in the records as this start found them.</param>
    private void RemoveStale(HashSet<string> recorded)
    {
        HashSet<string> links = [.. networks.All.SelectMany(network => new[] { network.Bridge, network.Parent }), .. live.Values.SelectMany(living => living.Snapshot.Endpoints).Select(endpoint => endpoint.HostInterface)];
        if (options.HostFirewallDecides)
            links.UnionWith([names.Gate.Enter, names.Gate.Leave]);
        foreach (Link link in bridges.Host.ListLinks().Where(link => !links.Contains(link.Name) && (names.Owns(link) || (names.MayOwn(link) && recorded.Contains(link.Name)))))
            RemoveStale("link", link.Name, () => bridges.Host.DeleteLink(link.Name));
        HashSet<string> namespaces = [.. pool.Waiting, .. live.Values.Select(living => living.Snapshot.NamespacePath)];
        foreach (string path in Directory.EnumerateFiles(paths.NetworkNamespaces).Where(path => !namespaces.Contains(path)))
            RemoveStale("network namespace", path, () => Linux.Namespaces.NetworkNamespace.Delete(path));
    }

    private void RemoveStale(string what, string name, Action remove)
    {
        try
        {
            remove();
            NetworksLog.StaleRemoved(logger, what, name);
        }
        catch (IOException exception)
        {
            NetworksLog.StaleRemains(logger, what, name, exception);
        }
    }
}
