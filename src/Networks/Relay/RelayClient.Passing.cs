using Argosy.Core;
using Argosy.Linux;
using Microsoft.Win32.SafeHandles;
using RelayConnection = Argosy.Networks.Companions.CompanionConnection<Argosy.Networks.Relay.RelayRequest, Argosy.Networks.Relay.RelayAnswer>;

namespace Argosy.Networks.Relay;

// What the relay has is made to agree with what it should have.
internal sealed partial class RelayClient
{
    /// <summary>Sockets that go with one message; unix(7) has a limit of 253.</summary>
    private const int AtOnce = 200;

    /// <summary>One relay, from the question what it has to its end.</summary>
    private async Task ServeAsync(RelayConnection relay, CancellationToken cancellationToken)
    {
        try
        {
            lock (gate)
                current = relay;
            RelayAnswer has = await relay.Request(new RelayRequest.Inventory()).WaitAsync(Patience, time, cancellationToken);
            await SettleAsync(relay, has.Ports).WaitAsync(Patience, time, cancellationToken);
            await relay.Closed.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (gate)
            {
                (current, isTold) = (null, false);
                sockets.Set([]);
                if (settled.Task.IsCompleted)
                    settled = NewSettled();
            }
        }
    }

    private async Task SettleAsync(RelayConnection relay, IReadOnlyList<RelayKey> had)
    {
        RelayKey[] kept;
        int count;
        Task closed;
        lock (gate)
        {
            kept = [.. had.Where(owners.ContainsKey)];
            count = owners.Count;
            sockets.Set(kept);
            closed = CloseAsync(relay, [.. had.Except(kept)]);
            closed = Task.WhenAll(closed, Pass(relay, [.. wanted.Values.SelectMany(ports => ports)]));
            // Whoever changes something from here on tells the relay.
            isTold = true;
        }
        await closed;
        lock (gate)
            settled.TrySetResult();
        NetworksLog.RelayReady(logger, relay.ProcessId, count, kept.Length);
    }

    /// <summary>Tells the relay to carry ports, with the sockets of those that it has not. Under the lock.</summary>
    /// <returns>Done when those that it has lead where they should. The others' clients wait in their sockets; nobody waits for them.</returns>
    private Task Pass(RelayConnection relay, RelayPort[] ports)
    {
        var known = new List<RelayPort>();
        var opened = new List<(RelayPort Port, SafeFileHandle Socket)>();
        foreach (RelayPort port in ports)
        {
            if (!TryTake(port, out SafeFileHandle? socket))
                continue;
            if (socket is null)
                known.Add(port);
            else
                opened.Add((port, socket));
        }
        Task led = known.Count > 0 ? relay.Request(new RelayRequest.Carry(known, 0)) : Task.CompletedTask;
        foreach ((RelayPort Port, SafeFileHandle Socket)[] some in opened.Chunk(AtOnce))
        {
            relay.Send(new RelayRequest.Carry([.. some.Select(pair => pair.Port)], some.Length), [.. some.Select(pair => pair.Socket)]);
            // On the way they are open without us; what does not arrive is opened again for the next relay.
            foreach ((_, SafeFileHandle socket) in some)
                socket.Dispose();
        }
        return led;
    }

    /// <summary>A port's socket, opened now if it is open nowhere: a relay died with it, or the daemon that opened it did. Under the lock.</summary>
    private bool TryTake(RelayPort port, out SafeFileHandle? socket)
    {
        string? problem = null;
        if (!sockets.TryPass(port.Key, out socket) && ((problem = Open(port.Key)) is not null || !sockets.TryPass(port.Key, out socket)))
        {
            if (missing.Add(port.Key))
                NetworksLog.RelayPortMissing(logger, port.Key.ToString(), port.Container.Value, problem ?? "it was closed");
            retry.Change(RetryPeriod, Timeout.InfiniteTimeSpan);
            return false;
        }
        if (missing.Remove(port.Key))
            NetworksLog.RelayPortBack(logger, port.Key.ToString(), port.Container.Value);
        return true;
    }

    /// <summary>Null, or why not.</summary>
    private string? Open(RelayKey key)
    {
        try
        {
            return sockets.TryOpen(key) ? null : "another program uses it";
        }
        catch (LinuxException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Tries what was not to be had once more.</summary>
    private void Retry()
    {
        lock (gate)
            if (current is { } relay && isTold)
                _ = Pass(relay, [.. wanted.Values.SelectMany(ports => ports).Where(port => missing.Contains(port.Key))]);
    }
}
