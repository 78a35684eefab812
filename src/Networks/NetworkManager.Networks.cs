using System.Net;
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
        if (!addresses.TryGetValue(network.Id, out AddressAllocator? allocator))
            throw EngineException.NotFound($"network {network.Id} not found");
        if (!allocator.TryClose())
            throw new EngineException(ErrorKind.Forbidden, $"error while removing network: network {network.Name} has active endpoints{DescribeEndpoints(network)}");
        await RemoveClosedAsync(network, allocator);
    }

    private NetworkRecord Resolve(NetworkSpec spec, BridgeOptions parsed)
    {
        var id = NetworkId.New();
        IPNetwork[] ours = [.. networks.All.SelectMany(network => network.Subnets).Select(subnet => subnet.Subnet)];
        bool chosen = spec.Subnets.Count > 0 && spec.Subnets[0].Subnet.Length > 0;
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
            HasChosenSubnet = chosen,
            Subnets = [chosen ? ResolveChosen(spec.Subnets[0], ours) : ResolveFromPools(ours)],
            Bridge = bridge,
        };
    }

    private static SubnetRecord ResolveChosen(SubnetSpec spec, IPNetwork[] ours)
    {
        SubnetRecord subnet = SubnetParser.Parse(spec);
        SubnetChooser.RequireFree(subnet.Subnet, ours);
        return subnet;
    }

    private SubnetRecord ResolveFromPools(IPNetwork[] ours)
    {
        IPNetwork subnet = SubnetChooser.Choose(options.AddressPools, [.. ours, .. bridges.Host.ListDestinations()]);
        return new SubnetRecord { Subnet = subnet, Gateway = SubnetParser.DefaultGateway(subnet) };
    }

    private async Task<NetworkRecord> AddAsync(NetworkRecord network)
    {
        await using var undo = new Rollback();
        undo.Add(() => bridges.Delete(network));
        bridges.Ensure(network);
        FirewallNetwork rules = BridgeDriver.Firewall(network);
        firewall.Add(rules);
        undo.Add(() => firewall.Remove(rules));
        addresses[network.Id] = new AddressAllocator(network);
        undo.Add(() => { addresses.TryRemove(network.Id, out _); });
        await networks.PutAsync(network.Id.Value, network);
        undo.Commit();
        foreach (ISandboxService service in services)
            service.Prepare(network);
        return network;
    }

    private async Task RemoveClosedAsync(NetworkRecord network, AddressAllocator allocator)
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
