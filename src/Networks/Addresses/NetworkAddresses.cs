using System.Net;
using System.Net.Sockets;
using Argosy.Core;

namespace Argosy.Networks;

/// <summary>The addresses of one network, of both families. Nothing is stored: at the daemon's start the endpoints claim theirs again.</summary>
internal sealed class NetworkAddresses(NetworkRecord network)
{
    private readonly Lock gate = new();
    private readonly AddressAllocator[] subnets = [.. network.Subnets.Select(subnet => new AddressAllocator(subnet))];
    private bool closed;

    /// <summary>Takes the lowest free address of a family, from the first subnet that has one.</summary>
    internal (IPAddress Address, SubnetRecord Subnet) Take(AddressFamily family)
    {
        lock (gate)
        {
            RequireOpen();
            foreach (AddressAllocator subnet in Of(family))
                if (subnet.TryTake() is { } address)
                    return (address, subnet.Subnet);
        }
        string name = family == AddressFamily.InterNetwork ? "IPv4" : "IPv6";
        throw new EngineException(ErrorKind.Forbidden, $"no available {name} addresses on this network's address pools: {network.Name} ({network.Id})");
    }

    /// <summary>Takes that one.</summary>
    internal (IPAddress Address, SubnetRecord Subnet) Take(IPAddress address)
    {
        AddressAllocator subnet = Of(address.AddressFamily).FirstOrDefault(candidate => candidate.Subnet.Subnet.Contains(address))
            ?? throw EngineException.Invalid($"invalid config for network {network.Name}: invalid endpoint settings:\nno configured subnet or ip-range contain the IP address {address}");
        lock (gate)
        {
            RequireOpen();
            return subnet.TryTake(address) ? (address, subnet.Subnet) : throw new EngineException(ErrorKind.Forbidden, "Address already in use");
        }
    }

    /// <summary>Gives it back; one that is free, or none of ours, is no error.</summary>
    internal void Release(IPAddress address)
    {
        lock (gate)
        {
            foreach (AddressAllocator subnet in Of(address.AddressFamily))
                subnet.Release(address);
        }
    }

    /// <summary>No address is taken any more after this; false while some are.</summary>
    internal bool TryClose()
    {
        lock (gate)
            return closed = subnets.All(subnet => subnet.Used == 0);
    }

    /// <summary>Undoes <see cref="TryClose"/>.</summary>
    internal void Reopen()
    {
        lock (gate)
            closed = false;
    }

    private IEnumerable<AddressAllocator> Of(AddressFamily family) => subnets.Where(subnet => subnet.Subnet.Subnet.BaseAddress.AddressFamily == family);

    private void RequireOpen()
    {
        if (closed)
            throw EngineException.NotFound($"network {network.Id} not found");
    }
}
