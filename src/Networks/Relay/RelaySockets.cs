using Argosy.Linux.Netlink;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Networks.Relay;

/// <summary>
/// The sockets of published IPv6 ports, from their opening to their being passed to the relay; of those that it has, only that it has them.
/// The daemon opens them, so that a port that is taken is found before the container starts.
/// </summary>
internal sealed class RelaySockets
{
    private readonly Lock gate = new();

    /// <summary>Null: the relay has it.</summary>
    private readonly Dictionary<RelayKey, SafeFileHandle?> sockets = [];

    /// <summary>Opens a port, unless it is open: here, or at the relay.</summary>
    /// <returns>False when another program uses it.</returns>
    /// <exception cref="Linux.LinuxException">See <see cref="PortHold.TryOpen"/>.</exception>
    internal bool TryOpen(RelayKey key)
    {
        lock (gate)
        {
            if (sockets.ContainsKey(key))
                return true;
            if (!PortHold.TryOpen(key.Address, key.Port, key.Protocol, out SafeFileHandle? socket))
                return false;
            sockets[key] = socket;
            return true;
        }
    }

    /// <summary>Takes a port's socket to pass it on.</summary>
    /// <param name="key">The port.</param>
    /// <param name="socket">The caller's to close; null when the relay has it already.</param>
    /// <returns>False when the port is not open.</returns>
    internal bool TryPass(RelayKey key, out SafeFileHandle? socket)
    {
        lock (gate)
        {
            if (!sockets.TryGetValue(key, out socket))
                return false;
            sockets[key] = null;
            return true;
        }
    }

    /// <summary>Nobody wants a port; one that the relay has is closed by it.</summary>
    internal void Release(RelayKey key)
    {
        lock (gate)
            if (sockets.TryGetValue(key, out SafeFileHandle? socket) && socket is not null)
            {
                sockets.Remove(key);
                socket.Dispose();
            }
    }

    /// <summary>The relay closes these.</summary>
    internal void Forget(IEnumerable<RelayKey> keys)
    {
        lock (gate)
            foreach (RelayKey key in keys)
                sockets.Remove(key);
    }

    /// <summary>This is what the relay has, and nothing else.</summary>
    internal void Set(IReadOnlyCollection<RelayKey> passed)
    {
        lock (gate)
        {
            foreach (RelayKey key in sockets.Where(pair => pair.Value is null).Select(pair => pair.Key).ToArray())
                sockets.Remove(key);
            foreach (RelayKey key in passed)
                sockets.TryAdd(key, null);
        }
    }

    /// <summary>Nobody will come for them soon: to be refused is better than to wait for nobody.</summary>
    internal void CloseAll()
    {
        lock (gate)
        {
            foreach (SafeFileHandle? socket in sockets.Values)
                socket?.Dispose();
            sockets.Clear();
        }
    }
}
