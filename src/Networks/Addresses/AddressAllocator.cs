using System.Net;
using System.Net.Sockets;

namespace Argosy.Networks;

/// <summary>The addresses of one subnet. Whoever has several threads guards it: see <see cref="NetworkAddresses"/>.</summary>
internal sealed class AddressAllocator
{
    private readonly HashSet<UInt128> reserved = [];
    private readonly HashSet<UInt128> used = [];
    private readonly AddressFamily family;
    private readonly UInt128 first;
    private readonly UInt128 last;
    private readonly UInt128 rangeFirst;
    private readonly UInt128 rangeLast;
    private UInt128 lowest;

    internal AddressAllocator(SubnetRecord subnet)
    {
        Subnet = subnet;
        family = subnet.Subnet.BaseAddress.AddressFamily;
        IPNetwork from = subnet.Range ?? subnet.Subnet;
        // The first address is the network's own (IPv6: any router's), the last one of IPv4 is broadcast.
        first = AddressNumber.First(subnet.Subnet) + 1;
        // One less for IPv6 too: a loop up to the last number of all would never end.
        last = AddressNumber.Last(subnet.Subnet) - 1;
        rangeFirst = lowest = UInt128.Max(AddressNumber.First(from), first);
        rangeLast = UInt128.Min(AddressNumber.Last(from), last);
        reserved.Add(AddressNumber.Of(subnet.Gateway));
        reserved.UnionWith(subnet.Auxiliary.Values.Select(AddressNumber.Of));
    }

    /// <summary>What it gives addresses of.</summary>
    internal SubnetRecord Subnet { get; }

    /// <summary>How many addresses containers have.</summary>
    internal int Used => used.Count;

    /// <summary>Takes the lowest free address; null when there is none.</summary>
    internal IPAddress? TryTake()
    {
        for (UInt128 candidate = lowest; candidate <= rangeLast; candidate++)
        {
            if (reserved.Contains(candidate) || !used.Add(candidate))
                continue;
            lowest = candidate + 1;
            return AddressNumber.ToAddress(candidate, family);
        }
        return null;
    }

    /// <summary>Takes that one of the subnet's; it need not be in the range that others are given from. False when it is not to be had.</summary>
    internal bool TryTake(IPAddress address)
    {
        UInt128 number = AddressNumber.Of(address);
        return number >= first && number <= last && !reserved.Contains(number) && used.Add(number);
    }

    /// <summary>Gives it back; one that is free is no error.</summary>
    internal void Release(IPAddress address)
    {
        UInt128 number = AddressNumber.Of(address);
        if (used.Remove(number) && number >= rangeFirst)
            lowest = UInt128.Min(lowest, number);
    }
}
