using System.Net;
using System.Net.Sockets;
using Argosy.Core;

namespace Argosy.Networks;

// Making and removing networks. One at a time: a subnet must not be chosen twice.
public sealed partial class NetworkManager
{
    private const string AllNetworks = "";

    /// <summary>Makes a network; when the task is done its bridge is up and its record is kept.</summary>
    /// <exception cref="EngineException">The name is taken, the subnet overlaps, the pools are used up, an option is not ours.</exception>
    public async Task<NetworkRecord> CreateAsync(NetworkSpec spec, CancellationToken cancellationToken)
    {
        NetworkSpecRules.Check(spec);
        BridgeOptions parsed = BridgeOptions.Parse(spec.Options);
        using IDisposable held = await networkChange.AcquireAsync(AllNetworks, cancellationToken);
        if (TryFindByName(spec.Name, out _))
            throw EngineException.Conflict($"network with name {spec.Name} already exists");
        using IDisposable hostWide = await SubnetLock.AcquireAsync(cancellationToken);
        return await AddAsync(Resolve(spec, parsed));
    }

    /// <summary>Removes a network that no running container is connected to.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.Forbidden"/>: predefined, or in use.</exception>
    public async Task RemoveAsync(NetworkRecord network, CancellationToken cancellationToken)
    {
        if (network.IsPredefined)
            throw new EngineException(ErrorKind.Forbidden, $"{network.Name} is a pre-defined network and cannot be removed");
        using IDisposable held = await networkChange.AcquireAsync(AllNetworks, cancellationToken);
        if (!addresses.TryGetValue(network.Id, out NetworkAddresses? allocator))
            throw EngineException.NotFound($"network {network.Id} not found");
        if (!allocator.TryClose())
            throw new EngineException(ErrorKind.Forbidden, $"error while removing network: network {network.Name} has active endpoints{DescribeEndpoints(network)}");
        await RemoveClosedAsync(network, allocator);
    }

    private NetworkRecord Resolve(NetworkSpec spec, BridgeOptions parsed)
    {
        var id = NetworkId.New();
        IPNetwork[] ours = [.. networks.All.SelectMany(network => network.Subnets).Select(subnet => subnet.Subnet)];
        SubnetSpec[] asked = [.. spec.Subnets.Where(subnet => subnet.Subnet.Length > 0)];
        if (!spec.Internal && (parsed.Mode == GatewayMode.Isolated || parsed.Mode6 == GatewayMode.Isolated))
            throw EngineException.Invalid("gateway mode 'isolated' can only be used for an internal network");
        string bridge = parsed.Name ?? names.Bridge(id);
        if (networks.All.Any(network => network.Bridge == bridge))
            throw new EngineException(ErrorKind.Forbidden, $"networks have same bridge name: {bridge}");
        return new NetworkRecord
        {
            Id = id,
            Name = spec.Name,
            Driver = "bridge",
            Created = time.GetUtcNow(),
            Internal = spec.Internal,
            Attachable = spec.Attachable,
            Labels = spec.Labels,
            Options = spec.Options,
            IpamOptions = spec.IpamOptions,
            HasChosenSubnet = asked.Any(subnet => SubnetParser.FamilyOf(subnet.Subnet) == AddressFamily.InterNetwork),
            HasChosenSubnet6 = asked.Any(subnet => SubnetParser.FamilyOf(subnet.Subnet) == AddressFamily.InterNetworkV6),
            Subnets =
            [
                .. ResolveSubnets(asked, AddressFamily.InterNetwork, ours),
                .. spec.EnableIPv6 ? ResolveSubnets(asked, AddressFamily.InterNetworkV6, ours) : [],
            ],
            Bridge = bridge,
        };
    }

    /// <summary>Those of one family that are asked for, or one of the pools.</summary>
    private SubnetRecord[] ResolveSubnets(SubnetSpec[] asked, AddressFamily family, IPNetwork[] ours)
    {
        SubnetSpec[] chosen = [.. asked.Where(subnet => SubnetParser.FamilyOf(subnet.Subnet) == family)];
        if (chosen.Length > 1)
            throw new EngineException(ErrorKind.Forbidden, "bridge driver doesn't support multiple subnets");
        return chosen.Length == 0 ? [ResolveFromPools(ours, family)] : [.. chosen.Select(subnet => ResolveChosen(subnet, ours))];
    }

    private static SubnetRecord ResolveChosen(SubnetSpec spec, IPNetwork[] ours)
    {
        SubnetRecord subnet = SubnetParser.Parse(spec);
        SubnetChooser.RequireFree(subnet.Subnet, ours);
        return subnet;
    }

    private SubnetRecord ResolveFromPools(IPNetwork[] ours, AddressFamily family)
    {
        IPNetwork subnet = SubnetChooser.Choose(AddressPools, [.. ours, .. bridges.Host.ListDestinations()], family);
        return new SubnetRecord { Subnet = subnet, Gateway = SubnetParser.DefaultGateway(subnet) };
    }

    /// <summary>The daemon's pools, behind them the one that its IPv6 networks have of its own.</summary>
    private IEnumerable<AddressPool> AddressPools => options.AddressPools.Append(AddressPool.UniqueLocal(HostSettings.MachineId(), paths.InstanceName));

    private async Task<NetworkRecord> AddAsync(NetworkRecord network)
    {
        await using var undo = new Rollback();
        undo.Add(() => bridges.Delete(network));
        bridges.Ensure(network);
        FirewallNetwork rules = BridgeDriver.Firewall(network);
        firewall.Add(rules);
        undo.Add(() => firewall.Remove(rules));
        addresses[network.Id] = new NetworkAddresses(network);
        undo.Add(() => { addresses.TryRemove(network.Id, out _); });
        await networks.PutAsync(network.Id.Value, network);
        undo.Commit();
        foreach (ISandboxService service in services)
            service.Prepare(network);
        return network;
    }

    private async Task RemoveClosedAsync(NetworkRecord network, NetworkAddresses allocator)
    {
        try
        {
            firewall.Remove(BridgeDriver.Firewall(network));
            bridges.Delete(network);
            await networks.DeleteAsync(network.Id.Value);
        }
        catch
        {
            allocator.Reopen();
            throw;
        }
        addresses.TryRemove(network.Id, out _);
    }

    private string DescribeEndpoints(NetworkRecord network)
    {
        string list = string.Join(", ", EndpointsOf(network.Id).Select(pair => $"name:\"{pair.Sandbox.ContainerName}\" id:\"{pair.Endpoint.Id[..12]}\""));
        return list.Length == 0 ? "" : $" ({list})";
    }
}
