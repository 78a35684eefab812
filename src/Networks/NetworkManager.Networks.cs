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
        using IDisposable held = await networkChange.AcquireAsync(AllNetworks, cancellationToken);
        if (TryFindByName(spec.Name, out _))
            throw EngineException.Conflict($"network with name {spec.Name} already exists");
        if (spec.ConfigOnly)
            return await AddConfigurationAsync(ConfigurationNetworks.Describe(spec, time.GetUtcNow()));
        if (spec.ConfigFrom.Length > 0)
            spec = ConfigurationNetworks.Apply(spec, TryFindByName(spec.ConfigFrom, out NetworkRecord? source) ? source : null);
        using IDisposable hostWide = await SubnetLock.AcquireAsync(cancellationToken);
        return await AddAsync(spec.Driver is "macvlan" or "ipvlan" ? ResolveVlan(spec) : Resolve(spec));
    }

    /// <summary>Removes a network that no running container is connected to.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.Forbidden"/>: predefined, or in use.</exception>
    public async Task RemoveAsync(NetworkRecord network, CancellationToken cancellationToken)
    {
        if (network.IsPredefined)
            throw new EngineException(ErrorKind.Forbidden, $"{network.Name} is a pre-defined network and cannot be removed");
        using IDisposable held = await networkChange.AcquireAsync(AllNetworks, cancellationToken);
        if (network.Configuration is not null)
        {
            await RemoveConfigurationAsync(network);
            return;
        }
        if (!addresses.TryGetValue(network.Id, out NetworkAddresses? allocator))
            throw EngineException.NotFound($"network {network.Id} not found");
        if (!allocator.TryClose())
            throw new EngineException(ErrorKind.Forbidden, $"error while removing network: network {network.Name} has active endpoints{DescribeEndpoints(network)}");
        await RemoveClosedAsync(network, allocator);
    }

    private async Task<NetworkRecord> AddConfigurationAsync(NetworkRecord network)
    {
        await networks.PutAsync(network.Id.Value, network);
        return network;
    }

    private Task RemoveConfigurationAsync(NetworkRecord network) => networks.All.Any(other => other.ConfigFrom == network.Name)
        ? throw new EngineException(ErrorKind.Forbidden, $"error while removing network: configuration network \"{network.Name}\" is in use")
        : networks.DeleteAsync(network.Id.Value);

    private NetworkRecord Resolve(NetworkSpec spec)
    {
        BridgeOptions parsed = BridgeOptions.Parse(spec.Options);
        var id = NetworkId.New();
        if (!spec.Internal && (parsed.Mode == GatewayMode.Isolated || parsed.Mode6 == GatewayMode.Isolated))
            throw EngineException.Invalid("gateway mode 'isolated' can only be used for an internal network");
        string bridge = parsed.Name ?? names.Bridge(id);
        if (networks.All.Any(network => network.Bridge == bridge))
            throw new EngineException(ErrorKind.Forbidden, $"networks have same bridge name: {bridge}");
        return Describe(id, spec, "bridge") with { Bridge = bridge };
    }

    private NetworkRecord ResolveVlan(NetworkSpec spec)
    {
        var id = NetworkId.New();
        VlanOptions parsed = VlanOptions.Parse(spec.Driver, spec.Options);
        string parent = VlanDriver.ParentOf(id, parsed);
        NetworkRecord[] sharing = [.. networks.All.Where(network => network.Parent == parent)];
        if (sharing.FirstOrDefault(IsPassthru) is { } passthru)
            throw new EngineException(ErrorKind.Forbidden, $"macvlan network {passthru.Name} is already using parent interface {parent} in mode passthru");
        if (sharing.Length > 0 && parsed.Macvlan == Linux.Netlink.MacvlanMode.Passthru)
            throw new EngineException(ErrorKind.Forbidden, $"cannot use mode passthru, macvlan network {sharing[0].Name} is already using parent interface {parent}");
        bool made = vlans.MakesParent(spec.Driver, parent) || sharing.Any(network => network.MadeParent);
        return Describe(id, spec, spec.Driver) with { Parent = parent, MadeParent = made, Internal = spec.Internal || parsed.Parent.Length == 0 };
    }

    private static bool IsPassthru(NetworkRecord network) =>
        network.Driver == "macvlan" && VlanOptions.Parse(network.Driver, network.Options).Macvlan == Linux.Netlink.MacvlanMode.Passthru;

    /// <summary>What networks of all drivers have.</summary>
    private NetworkRecord Describe(NetworkId id, NetworkSpec spec, string driver)
    {
        SubnetSpec[] asked = [.. spec.Subnets.Where(subnet => subnet.Subnet.Length > 0)];
        IPNetwork[] ours = [.. networks.All.SelectMany(network => network.Subnets).Select(subnet => subnet.Subnet)];
        return new NetworkRecord
        {
            Id = id,
            Name = spec.Name,
            Driver = driver,
            Created = time.GetUtcNow(),
            Internal = spec.Internal,
            Attachable = spec.Attachable,
            Labels = spec.Labels,
            Options = spec.Options,
            IpamOptions = spec.IpamOptions,
            ConfigFrom = spec.ConfigFrom,
            HasChosenSubnet = spec.EnableIPv4 && asked.Any(subnet => SubnetParser.FamilyOf(subnet.Subnet) == AddressFamily.InterNetwork),
            HasChosenSubnet6 = asked.Any(subnet => SubnetParser.FamilyOf(subnet.Subnet) == AddressFamily.InterNetworkV6),
            Subnets =
            [
                .. spec.EnableIPv4 ? ResolveSubnets(asked, AddressFamily.InterNetwork, ours) : [],
                .. spec.EnableIPv6 ? ResolveSubnets(asked, AddressFamily.InterNetworkV6, ours) : [],
            ],
        };
    }

    /// <summary>Those of one family that are asked for, or one of the pools.</summary>
    private SubnetRecord[] ResolveSubnets(SubnetSpec[] asked, AddressFamily family, IPNetwork[] ours)
    {
        SubnetSpec[] chosen = [.. asked.Where(subnet => SubnetParser.FamilyOf(subnet.Subnet) == family)];
        return chosen.Length == 0 ? [ResolveFromPools(ours, family)] : ResolveChosen(chosen, ours);
    }

    private static SubnetRecord[] ResolveChosen(SubnetSpec[] specs, IPNetwork[] ours)
    {
        var chosen = new List<SubnetRecord>();
        foreach (SubnetSpec spec in specs)
        {
            SubnetRecord subnet = SubnetParser.Parse(spec);
            SubnetChooser.RequireFree(subnet.Subnet, [.. ours, .. chosen.Select(other => other.Subnet)]);
            chosen.Add(subnet);
        }
        return [.. chosen];
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
        undo.Add(() => DeleteDevices(network));
        DriverOf(network).Ensure(network);
        if (network.Bridge.Length > 0)
        {
            FirewallNetwork rules = BridgeDriver.Firewall(network);
            firewall.Add(rules);
            undo.Add(() => firewall.Remove(rules));
        }
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
            if (network.Bridge.Length > 0)
                firewall.Remove(BridgeDriver.Firewall(network));
            DeleteDevices(network);
            await networks.DeleteAsync(network.Id.Value);
        }
        catch
        {
            allocator.Reopen();
            throw;
        }
        addresses.TryRemove(network.Id, out _);
    }

    /// <summary>A parent that another network shares stays.</summary>
    private void DeleteDevices(NetworkRecord network)
    {
        if (network.Parent.Length == 0 || !networks.All.Any(other => other.Id != network.Id && other.Parent == network.Parent))
            DriverOf(network).Delete(network);
    }

    private string DescribeEndpoints(NetworkRecord network)
    {
        string list = string.Join(", ", EndpointsOf(network.Id).Select(pair => $"name:\"{pair.Sandbox.ContainerName}\" id:\"{pair.Endpoint.Id[..12]}\""));
        return list.Length == 0 ? "" : $" ({list})";
    }
}
