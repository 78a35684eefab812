using Argosy.Contract.Stacks;
using Argosy.Networks;

namespace Argosy.Stacks;

/// <content>Networks.</content>
internal sealed partial class EngineAdapter
{
    public IReadOnlyList<ObservedResource> Networks() => [.. networks.List().Select(network => new ObservedResource(network.Name, network.Labels))];

    public Task CreateNetworkAsync(StackNetwork network, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) =>
        networks.CreateAsync(new NetworkSpec
        {
            Name = network.Name,
            Driver = network.Driver ?? "",
            Internal = network.Internal ?? false,
            Attachable = network.Attachable ?? false,
            EnableIPv6 = network.EnableIpv6 ?? false,
            Labels = labels,
            Options = network.DriverOpts,
            IpamDriver = network.Ipam?.Driver ?? "",
            IpamOptions = network.Ipam?.Options ?? new Dictionary<string, string>(),
            Subnets = [.. (network.Ipam?.Config ?? []).Select(pool => new SubnetSpec { Subnet = pool.Subnet ?? "", Range = pool.IpRange ?? "", Gateway = pool.Gateway ?? "", Auxiliary = pool.AuxAddresses })],
        }, cancellationToken);

    public Task RemoveNetworkAsync(string name, CancellationToken cancellationToken) => networks.RemoveAsync(name, cancellationToken);
}
