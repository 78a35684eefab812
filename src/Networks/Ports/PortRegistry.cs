using System.Globalization;
using System.Net;
using Argosy.Linux.Netlink;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Networks;

/// <summary>Which host ports are ours. Those of the host's other programs are found, and kept away, by binding.</summary>
internal sealed class PortRegistry
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Protocol, ushort Port), HashSet<IPAddress>> taken = [];
    private readonly (ushort First, ushort Last) ephemeral = ReadEphemeralRange();
    private ushort next;

    /// <summary>Why a port could not be had.</summary>
    internal enum Refusal
    {
        /// <summary>One of our own containers publishes it.</summary>
        Allocated,

        /// <summary>Another program uses it.</summary>
        InUse,
    }

    /// <summary>Reserves this port.</summary>
    internal PortReservation? TryReserve(string protocol, IPAddress address, ushort port, out Refusal refusal)
    {
        refusal = Refusal.Allocated;
        if (!Claim(protocol, address, port))
            return null;
        bool bound = false;
        try
        {
            bound = PortHold.TryBind(address, port, protocol == "udp", out SafeFileHandle? hold);
            refusal = Refusal.InUse;
            return bound ? new PortReservation(this, protocol, address, port, hold) : null;
        }
        finally
        {
            if (!bound)
                Unclaim(protocol, address, port);
        }
    }

    /// <summary>Reserves a free port of the kernel's ephemeral range; null when there is none.</summary>
    internal PortReservation? TryReserveAny(string protocol, IPAddress address)
    {
        for (int tries = ephemeral.Last - ephemeral.First; tries >= 0; tries--)
            if (TryReserve(protocol, address, Next(), out _) is { } reservation)
                return reservation;
        return null;
    }

    /// <summary>Takes the port of a container that was running before the daemon was; nobody may refuse it, but the hold can fail.</summary>
    internal PortReservation Adopt(PublishedPort port, out bool lost)
    {
        Claim(port.Protocol, port.HostAddress, port.HostPort);
        lost = !PortHold.TryBind(port.HostAddress, port.HostPort, port.Protocol == "udp", out SafeFileHandle? hold);
        return new PortReservation(this, port.Protocol, port.HostAddress, port.HostPort, hold);
    }

    internal void Release(PortReservation reservation) => Unclaim(reservation.Protocol, reservation.Address, reservation.Port);

    private bool Claim(string protocol, IPAddress address, ushort port)
    {
        lock (gate)
        {
            if (!taken.TryGetValue((protocol, port), out HashSet<IPAddress>? addresses))
                taken[(protocol, port)] = addresses = [];
            // All addresses and any single one exclude each other.
            if (addresses.Contains(IPAddress.Any) || (address.Equals(IPAddress.Any) && addresses.Count > 0))
                return false;
            return addresses.Add(address);
        }
    }

    private void Unclaim(string protocol, IPAddress address, ushort port)
    {
        lock (gate)
        {
            if (taken.TryGetValue((protocol, port), out HashSet<IPAddress>? addresses) && addresses.Remove(address) && addresses.Count == 0)
                taken.Remove((protocol, port));
        }
    }

    private ushort Next()
    {
        lock (gate)
        {
            next = next < ephemeral.First || next >= ephemeral.Last ? ephemeral.First : (ushort)(next + 1);
            return next;
        }
    }

    private static (ushort First, ushort Last) ReadEphemeralRange()
    {
        string[] parts = (HostSettings.Read("net/ipv4/ip_local_port_range") ?? "32768 60999").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return (ushort.Parse(parts[0], CultureInfo.InvariantCulture), ushort.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
