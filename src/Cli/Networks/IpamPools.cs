using System.Net;
using Argosy.Cli.CommandLine;
using Argosy.Contract.Networks;

namespace Argosy.Cli.Networks;

/// <summary>Joins subnets with the gateways, ranges and auxiliary addresses that lie in them.</summary>
internal static class IpamPools
{
    /// <exception cref="UsageException">Something lies in no subnet.</exception>
    public static IReadOnlyList<IpamConfig> Join(
        IReadOnlyList<string> subnets, IReadOnlyList<string> gateways, IReadOnlyList<string> ranges, IReadOnlyList<string> auxiliary)
    {
        if (subnets.Count == 0 && (gateways.Count > 0 || ranges.Count > 0 || auxiliary.Count > 0))
            throw new CliException("every ip-range or gateway must have a corresponding subnet");
        var pools = new List<(IPNetwork Network, IpamConfig Config)>();
        foreach (string subnet in Split(subnets))
            pools.Add((Parse(subnet), new IpamConfig { Subnet = subnet }));
        foreach (string gateway in Split(gateways))
            Put(pools, gateway, gateway, config => config with { Gateway = gateway });
        foreach (string range in Split(ranges))
            Put(pools, range, range.Split('/')[0], config => config with { IPRange = range });
        foreach (string entry in Split(auxiliary))
        {
            string[] parts = entry.Split('=', 2);
            if (parts.Length != 2)
                throw new CliException($"invalid auxiliary address: {entry}: must be name=address");
            Put(pools, entry, parts[1], config => config with
            {
                AuxiliaryAddresses = new Dictionary<string, string>(config.AuxiliaryAddresses ?? new Dictionary<string, string>()) { [parts[0]] = parts[1] },
            });
        }
        return [.. pools.Select(pool => pool.Config)];
    }

    private static IEnumerable<string> Split(IEnumerable<string> values) => values.SelectMany(value => value.Split(','));

    private static IPNetwork Parse(string subnet)
    {
        string[] parts = subnet.Split('/');
        // Docker takes 10.1.2.3/24 for the subnet that holds it.
        if (parts.Length == 2 && IPAddress.TryParse(parts[0], out IPAddress? address) && int.TryParse(parts[1], out int length) && length >= 0 && length <= address.GetAddressBytes().Length * 8)
            return new IPNetwork(Masked(address, length), length);
        throw new CliException($"invalid CIDR address: {subnet}");
    }

    private static IPAddress Masked(IPAddress address, int length)
    {
        byte[] bytes = address.GetAddressBytes();
        for (int bit = length; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new IPAddress(bytes);
    }

    private static void Put(List<(IPNetwork Network, IpamConfig Config)> pools, string text, string address, Func<IpamConfig, IpamConfig> change)
    {
        int index = IPAddress.TryParse(address, out IPAddress? parsed) ? pools.FindIndex(pool => pool.Network.Contains(parsed)) : -1;
        if (index < 0)
            throw new CliException($"no matching subnet for {text}");
        pools[index] = (pools[index].Network, change(pools[index].Config));
    }
}
