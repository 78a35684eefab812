using System.Net;
using System.Net.Sockets;
using Argosy.Core;

namespace Argosy.Networks;

/// <summary>Finds subnets for networks that name none, and checks those that are named.</summary>
internal static class SubnetChooser
{
    /// <summary>The first subnet of the pools that overlaps nothing in use: neither our networks nor the host's routes.</summary>
    /// <exception cref="EngineException">There is none left.</exception>
    internal static IPNetwork Choose(IEnumerable<AddressPool> pools, IReadOnlyCollection<IPNetwork> used, AddressFamily family = AddressFamily.InterNetwork)
    {
        (UInt128 First, UInt128 Last)[] ranges =
            [.. used.Where(network => network.BaseAddress.AddressFamily == family).Select(network => (AddressNumber.First(network), AddressNumber.Last(network))).Order()];
        foreach (AddressPool pool in pools.Where(pool => pool.Family == family))
            if (TryChoose(pool, ranges) is { } subnet)
                return subnet;
        throw new EngineException(ErrorKind.InvalidArgument, "all predefined address pools have been fully subnetted");
    }

    /// <summary>Walks the used ranges in their order: whenever the candidate meets one, the next candidate begins behind it.</summary>
    private static IPNetwork? TryChoose(AddressPool pool, (UInt128 First, UInt128 Last)[] ranges)
    {
        UInt128 mask = AddressNumber.HostMask(pool.Size, pool.Family), candidate = AddressNumber.First(pool.Base);
        foreach ((UInt128 first, UInt128 last) in ranges)
        {
            if (last < candidate)
                continue;
            if (first > (candidate | mask))
                break;
            // The end of IPv6's numbers: there is nothing behind it.
            if ((last | mask) == UInt128.MaxValue)
                return null;
            candidate = (last | mask) + 1;
        }
        return candidate <= AddressNumber.Last(pool.Base) ? new IPNetwork(AddressNumber.ToAddress(candidate, pool.Family), pool.Size) : null;
    }

    /// <exception cref="EngineException">It overlaps one of our networks. Routes of the host are the user's own business when a subnet is asked for.</exception>
    internal static void RequireFree(IPNetwork subnet, IEnumerable<IPNetwork> networks)
    {
        if (networks.Any(network => AddressNumber.Overlap(network, subnet)))
            throw new EngineException(ErrorKind.Forbidden, "invalid pool request: Pool overlaps with other one on this address space");
    }
}
