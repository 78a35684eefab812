using System.Net;
using Argosy.Core;

namespace Argosy.Networks;

/// <summary>The addresses of one network. Nothing is stored: at the daemon's start the endpoints claim theirs again.</summary>
internal sealed class AddressAllocator
{
    private readonly Lock gate = new();
    private readonly HashSet<uint> reserved = [];
    private readonly HashSet<uint> used = [];
    private readonly NetworkRecord network;
    private readonly SubnetRecord subnet;
    private readonly uint first;
    private readonly uint last;
    private uint lowest;
    private bool closed;

    internal AddressAllocator(NetworkRecord network)
    {
        (this.network, subnet) = (network, network.Subnets[0]);
        IPNetwork range = subnet.Range ?? subnet.Subnet;
        first = Math.Max(Ipv4.First(range), Ipv4.First(subnet.Subnet) + 1);
        last = Math.Min(Ipv4.Last(range), Ipv4.Last(subnet.Subnet) - 1);
        lowest = first;
        reserved.Add(Ipv4.ToNumber(subnet.Gateway));
        reserved.UnionWith(subnet.Auxiliary.Values.Select(Ipv4.ToNumber));
    }

    /// <summary>How many addresses containers have.</summary>
    internal int Used
    {
        get
        {
            lock (gate)
                return used.Count;
        }
    }

    /// <summary>Takes the lowest free address.</summary>
    internal IPAddress Take()
    {
        lock (gate)
        {
            RequireOpen();
            for (ulong candidate = lowest; candidate <= last; candidate++)
            {
                if (reserved.Contains((uint)candidate) || !used.Add((uint)candidate))
                    continue;
                lowest = (uint)candidate + 1;
                return Ipv4.ToAddress((uint)candidate);
            }
        }
        throw new EngineException(ErrorKind.Forbidden, $"no available IPv4 addresses on this network's address pools: {network.Name} ({network.Id})");
    }

    /// <summary>Takes that one; it need not be in the range that others are given from.</summary>
    internal IPAddress Take(IPAddress address)
    {
        if (!subnet.Subnet.Contains(address))
            throw EngineException.Invalid($"invalid config for network {network.Name}: invalid endpoint settings:\nno configured subnet or ip-range contain the IP address {address}");
        uint number = Ipv4.ToNumber(address);
        lock (gate)
        {
            RequireOpen();
            if (reserved.Contains(number) || number == Ipv4.First(subnet.Subnet) || number == Ipv4.Last(subnet.Subnet) || !used.Add(number))
                throw new EngineException(ErrorKind.Forbidden, "Address already in use");
        }
        return address;
    }

    /// <summary>Gives it back; one that is free is no error.</summary>
    internal void Release(IPAddress address)
    {
        uint number = Ipv4.ToNumber(address);
        lock (gate)
        {
            if (used.Remove(number) && number >= first)
                lowest = Math.Min(lowest, number);
        }
    }

    /// <summary>No address is taken any more after this; false while some are.</summary>
    internal bool TryClose()
    {
        lock (gate)
            return closed = used.Count == 0;
    }

    /// <summary>Undoes <see cref="TryClose"/>.</summary>
    internal void Reopen()
    {
        lock (gate)
            closed = false;
    }

    private void RequireOpen()
    {
        if (closed)
            throw EngineException.NotFound($"network {network.Id} not found");
    }
}
