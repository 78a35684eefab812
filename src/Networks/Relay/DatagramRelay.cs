using System.Net;
using System.Net.Sockets;
using Argosy.Linux;
using Argosy.Linux.Sockets;

namespace Argosy.Networks.Relay;

/// <summary>
/// A UDP port: each client has a session, a socket that is connected to the container, so that answers find their way back. Everything
/// happens on the loop's thread but <see cref="Sweep"/> and <see cref="Dispose"/>.
/// </summary>
internal sealed class DatagramRelay : IRelayed
{
    /// <summary>As docker-proxy has it.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(90);

    /// <summary>Each is a descriptor: a flood from made-up addresses must not take them all.</summary>
    private const int MostSessions = 4096, AtOnce = 32;

    private readonly Lock gate = new();
    private readonly Dictionary<DatagramPath, DatagramSession> sessions = [];
    private readonly Socket listener;
    private readonly ReadinessLoop loop;
    private readonly byte[] buffer;
    private readonly TimeProvider time;
    private readonly IDisposable serving;
    private RelayPort port;

    /// <param name="listener">Bound.</param>
    /// <param name="port">Where it leads.</param>
    /// <param name="loop">Calls back when something comes.</param>
    /// <param name="buffer">Room for any datagram; the loop's thread uses it for all ports.</param>
    /// <param name="time">The clock.</param>
    internal DatagramRelay(Socket listener, RelayPort port, ReadinessLoop loop, byte[] buffer, TimeProvider time)
    {
        (this.listener, this.port, this.loop, this.buffer, this.time) = (listener, port, loop, buffer, time);
        AddressedDatagrams.Enable(listener);
        serving = loop.Serve(listener.SafeHandle, Take);
    }

    /// <inheritdoc/>
    public RelayPort Port
    {
        get
        {
            lock (gate)
                return port;
        }
        set
        {
            lock (gate)
            {
                if (port != value)
                    End(_ => true);
                port = value;
            }
        }
    }

    /// <inheritdoc/>
    public void Sweep()
    {
        lock (gate)
            End(session => time.GetElapsedTime(session.LastUsed) > Idle);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        serving.Dispose();
        lock (gate)
            End(_ => true);
        listener.Dispose();
    }

    private void Take()
    {
        for (int count = 0; count < AtOnce && AddressedDatagrams.TryReceive(listener, buffer, out int size, out DatagramPath path); count++)
            lock (gate)
                SessionOf(path)?.Send(buffer.AsSpan(0, size));
    }

    /// <summary>Null when there can be none: the datagram is lost, as datagrams are.</summary>
    private DatagramSession? SessionOf(in DatagramPath path)
    {
        if (sessions.TryGetValue(path, out DatagramSession? known))
            return known;
        if (port.Address is not { } address || sessions.Count >= MostSessions)
            return null;
        try
        {
            return sessions[path] = new DatagramSession(listener, path, new IPEndPoint(address, port.Port), loop, buffer, time);
        }
        catch (Exception exception) when (exception is SocketException or LinuxException)
        {
            return null;
        }
    }

    /// <summary>Under the lock.</summary>
    private void End(Func<DatagramSession, bool> isOver)
    {
        foreach ((DatagramPath path, DatagramSession session) in sessions.Where(pair => isOver(pair.Value)).ToArray())
        {
            sessions.Remove(path);
            session.Dispose();
        }
    }
}
