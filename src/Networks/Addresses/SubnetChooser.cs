using System.Net;
using Argosy.Core;

namespace Argosy.Networks;

/// <summary>Finds subnets for networks that name none, and checks those that are named.</summary>
internal static class SubnetChooser
{
    /// <summary>The first subnet of the pools that overlaps nothing in use: neither our networks nor the host's routes.</summary>
    /// <exception cref="EngineException">There is none left.</exception>
    internal static IPNetwork Choose(IReadOnlyList<AddressPool> pools, IReadOnlyCollection<IPNetwork> used)
    {
        (uint First, uint Last)[] ranges = [.. used.Select(network => (Ipv4.First(network), Ipv4.Last(network))).Order()];
        foreach (AddressPool pool in pools)
            if (TryChoose(pool, ranges) is { } subnet)
                return subnet;
        throw new EngineException(ErrorKind.InvalidArgument, "all predefined address pools have been fully subnetted");
    }

    /// <summary>Walks the used ranges in their order: whenever the candidate meets one, the next candidate begins behind it.</summary>
    private static IPNetwork? TryChoose(AddressPool pool, (uint First, uint Last)[] ranges)
    {
        ulong size = 1ul << (32 - pool.Size), candidate = Ipv4.First(pool.Base);
        foreach ((uint first, uint last) in ranges)
        {
            if (last < candidate)
                continue;
            if (first >= candidate + size)
                break;
            candidate = (last + size) / size * size;
        }
        return candidate <= Ipv4.Last(pool.Base) ? new IPNetwork(Ipv4.ToAddress((uint)candidate), pool.Size) : null;
    }

    /// <exception cref="EngineException">It overlaps one of our networks. Routes of the host are the user's own business when a subnet is asked for.</exception>
    internal static void RequireFree(IPNetwork subnet, IEnumerable<IPNetwork> networks)
    {
        if (networks.Any(network => Ipv4.Overlap(network, subnet)))
            throw new EngineException(ErrorKind.Forbidden, "invalid pool request: Pool overlaps with other one on this address space");
    }
}
