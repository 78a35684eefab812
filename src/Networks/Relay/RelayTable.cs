using System.Net.Sockets;
using Argosy.Linux.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Networks.Relay;

/// <summary>What the relay listens at. Its callers take turns.</summary>
internal sealed class RelayTable(StreamConnections connections, ReadinessLoop loop, TimeProvider time, ILogger logger) : IDisposable
{
    private const int LargestDatagram = 64 * 1024;

    private readonly Lock gate = new();
    private readonly Dictionary<RelayKey, IRelayed> relayed = [];
    private readonly byte[] buffer = new byte[LargestDatagram];

    /// <summary>All ports.</summary>
    internal IReadOnlyList<RelayKey> Keys
    {
        get
        {
            lock (gate)
                return [.. relayed.Keys];
        }
    }

    /// <summary>Listens at a port from now on, or leads it elsewhere.</summary>
    /// <param name="port">The port.</param>
    /// <param name="socket">Bound, this table's from now on; null for a port that is here.</param>
    internal void Carry(RelayPort port, SafeFileHandle? socket)
    {
        lock (gate)
        {
            if (socket is not null)
            {
                Remove(port.Key);
                relayed[port.Key] = Listen(port, socket);
            }
            else if (relayed.TryGetValue(port.Key, out IRelayed? known))
            {
                known.Port = port;
            }
        }
    }

    internal void Close(IEnumerable<RelayKey> keys)
    {
        lock (gate)
            foreach (RelayKey key in keys)
                Remove(key);
    }

    /// <summary>Listens no more for containers that are over.</summary>
    internal void CloseOf(IReadOnlySet<string> ended)
    {
        lock (gate)
            foreach (RelayKey key in relayed.Where(pair => ended.Contains(pair.Value.Port.Container.Value)).Select(pair => pair.Key).ToArray())
                Remove(key);
    }

    internal void Sweep()
    {
        lock (gate)
            foreach (IRelayed one in relayed.Values)
                one.Sweep();
    }

    /// <inheritdoc/>
    public void Dispose() => Close(Keys);

    private IRelayed Listen(RelayPort port, SafeFileHandle socket)
    {
        var owned = new SafeSocketHandle(socket.DangerousGetHandle(), ownsHandle: true);
        socket.SetHandleAsInvalid();
        var listener = new Socket(owned);
        return port.Key.Protocol == "udp" ? new DatagramRelay(listener, port, loop, buffer, time) : new StreamRelay(listener, port, connections, logger);
    }

    private void Remove(RelayKey key)
    {
        if (relayed.Remove(key, out IRelayed? known))
            known.Dispose();
    }
}
