using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Argosy.Networks.Relay;

/// <summary>The connections of all TCP ports: owns them from their acceptance to their end.</summary>
internal sealed class StreamConnections : IAsyncDisposable
{
    private readonly ConcurrentDictionary<long, Task> running = new();
    private readonly CancellationTokenSource ending = new();
    private long last;

    /// <summary>How many there are.</summary>
    internal int Count => running.Count;

    /// <summary>Leads a client to where the port leads.</summary>
    internal void Carry(Socket client, RelayPort port)
    {
        long key = Interlocked.Increment(ref last);
        // In the table before it can end.
        var begin = new TaskCompletionSource();
        running[key] = RunAsync(key, begin.Task, client, port.Address is { } address ? new IPEndPoint(address, port.Port) : null);
        begin.SetResult();
    }

    /// <summary>Done when the last one has ended.</summary>
    internal async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (running.Values.FirstOrDefault() is { } one)
            await one.WaitAsync(cancellationToken);
    }

    /// <summary>Breaks them off.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await DrainAsync(CancellationToken.None);
        ending.Dispose();
    }

    private async Task RunAsync(long key, Task begin, Socket client, IPEndPoint? target)
    {
        await begin;
        using var pair = new StreamPair(client);
        await using (ending.Token.Register(pair.Reset))
            await pair.RunAsync(target);
        running.TryRemove(key, out _);
    }
}
