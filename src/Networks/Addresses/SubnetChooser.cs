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
        foreach (AddressPool pool in pools)
        {
            // What is used elsewhere need not be looked at for each candidate.
            IPNetwork[] near = [.. used.Where(network => Ipv4.Overlap(network, pool.Base))];
            uint step = 1u << (32 - pool.Size);
            for (ulong start = Ipv4.First(pool.Base); start <= Ipv4.Last(pool.Base); start += step)
            {
                var candidate = new IPNetwork(Ipv4.ToAddress((uint)start), pool.Size);
                if (!Array.Exists(near, network => Ipv4.Overlap(network, candidate)))
                    return candidate;
            }
        }
        throw new EngineException(ErrorKind.InvalidArgument, "all predefined address pools have been fully subnetted");
    }

    /// <exception cref="EngineException">It overlaps one of our networks. Routes of the host are the user's own business when a subnet is asked for.</exception>
    internal static void RequireFree(IPNetwork subnet, IEnumerable<IPNetwork> networks)
    {
        if (networks.Any(network => Ipv4.Overlap(network, subnet)))
            throw new EngineException(ErrorKind.Forbidden, "invalid pool request: Pool overlaps with other one on this address space");
    }
}
