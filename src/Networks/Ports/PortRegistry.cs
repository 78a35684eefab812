using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Argosy.Linux.Netlink;
using Argosy.Networks.Relay;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Networks;

/// <summary>
/// Which host ports are ours. Those of the host's other programs are found, and kept away, by binding: IPv6's are the relay's to listen at,
/// the others are held and never read.
/// </summary>
internal sealed class PortRegistry(RelaySockets relayed)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Protocol, ushort Port), HashSet<IPAddress>> taken = [];
    private readonly (ushort First, ushort Last) ephemeral = ReadEphemeralRange();
    private ushort next;

    /// <summary>Reserves this port at all of these addresses, or at none.</summary>
    internal PortReservation[]? TryReserve(string protocol, IReadOnlyList<IPAddress> addresses, ushort port, out PortRefusal? refusal)
    {
        var reserved = new List<PortReservation>(addresses.Count);
        refusal = null;
        try
        {
            foreach (IPAddress address in addresses)
            {
                if (TryReserve(protocol, address, port, out refusal) is not { } reservation)
                    return null;
                reserved.Add(reservation);
            }
            return [.. reserved];
        }
        finally
        {
            if (reserved.Count < addresses.Count)
                reserved.ForEach(reservation => reservation.Dispose());
        }
    }

    /// <summary>Reserves a free port of the kernel's ephemeral range, the same at all of these addresses; null when there is none.</summary>
    internal PortReservation[]? TryReserveAny(string protocol, IReadOnlyList<IPAddress> addresses)
    {
        for (int tries = ephemeral.Last - ephemeral.First; tries >= 0; tries--)
            if (TryReserve(protocol, addresses, Next(), out _) is { } reservations)
                return reservations;
        return null;
    }

    private PortReservation? TryReserve(string protocol, IPAddress address, ushort port, out PortRefusal? refusal)
    {
        refusal = new PortRefusal(address, IsOurs: true);
        if (!Claim(protocol, address, port))
            return null;
        bool bound = false;
        try
        {
            bound = TryBind(protocol, address, port, out Action? close);
            refusal = bound ? null : new PortRefusal(address, IsOurs: false);
            return bound ? new PortReservation(this, protocol, address, port, close) : null;
        }
        finally
        {
            if (!bound)
                Unclaim(protocol, address, port);
        }
    }

    /// <summary>Takes the port of a container that was running before the daemon was; nobody may refuse it, but the hold can fail.</summary>
    /// <remarks>What the relay carries it still has, or is given again when the daemon knows what that is.</remarks>
    internal PortReservation Adopt(PublishedPort port, out bool lost)
    {
        Claim(port.Protocol, port.HostAddress, port.HostPort);
        Action? close = null;
        lost = !RelayKey.IsRelayed(port.Protocol, port.HostAddress) && !TryBind(port.Protocol, port.HostAddress, port.HostPort, out close);
        return new PortReservation(this, port.Protocol, port.HostAddress, port.HostPort, close);
    }

    private bool TryBind(string protocol, IPAddress address, ushort port, out Action? close)
    {
        if (RelayKey.IsRelayed(protocol, address))
        {
            var key = new RelayKey(protocol, address, port);
            close = () => relayed.Release(key);
            return relayed.TryOpen(key);
        }
        bool bound = PortHold.TryBind(address, port, protocol, out SafeFileHandle? hold);
        close = hold is null ? null : hold.Dispose;
        return bound;
    }

    internal void Release(PortReservation reservation) => Unclaim(reservation.Protocol, reservation.Address, reservation.Port);

    private bool Claim(string protocol, IPAddress address, ushort port)
    {
        lock (gate)
        {
            if (!taken.TryGetValue((protocol, port), out HashSet<IPAddress>? addresses))
                taken[(protocol, port)] = addresses = [];
            // All addresses of a family and any single one of it exclude each other.
            IPAddress all = address.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;
            if (addresses.Contains(all) || (address.Equals(all) && addresses.Any(other => other.AddressFamily == address.AddressFamily)))
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
