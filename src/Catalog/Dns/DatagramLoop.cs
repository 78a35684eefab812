using System.Collections.Concurrent;
using System.Net.Sockets;
using Argosy.Linux.Sockets;

namespace Argosy.Catalog.Dns;

/// <summary>
/// The thread that takes all containers' datagrams and gives them to who answers: some of one container's, then some of the next one's.
/// Asking and answering one at a time, through the runtime's own sockets, costs twice as much.
/// </summary>
internal sealed class DatagramLoop : IDisposable
{
    /// <summary>A question is rarely above 512 bytes, an answer never above 4,096.</summary>
    private const int AtOnce = 32, Room = 4096;

    private readonly ReadinessQueue queue = new();
    private readonly ConcurrentDictionary<long, Served> served = new();
    private readonly Thread thread;
    private long lastKey;
    private volatile bool stopping;

    internal DatagramLoop()
    {
        thread = new Thread(Run) { IsBackground = true, Name = "dns" };
        thread.Start();
    }

    /// <summary>Serves a socket until the result is disposed, after which nobody uses it.</summary>
    /// <param name="socket">Not blocking, and bound.</param>
    /// <param name="answer">Answers what the batch has; runs on the loop's thread, must not wait and must not throw.</param>
    internal IDisposable Serve(Socket socket, Action<DatagramBatch> answer)
    {
        long key = Interlocked.Increment(ref lastKey);
        var entry = new Served(this, key, socket, answer);
        served[key] = entry;
        queue.Add(socket.SafeHandle, key);
        return entry;
    }

    /// <summary>Ends the thread; sockets are their owners' to close.</summary>
    public void Dispose()
    {
        stopping = true;
        queue.Wake();
        thread.Join();
        queue.Dispose();
    }

    private void Run()
    {
        using var batch = new DatagramBatch(AtOnce, Room);
        var ready = new List<long>();
        while (!stopping)
        {
            queue.Wait(ready);
            foreach (long key in ready)
                if (served.TryGetValue(key, out Served? entry))
                    entry.Serve(batch);
        }
    }

    private sealed class Served(DatagramLoop loop, long key, Socket socket, Action<DatagramBatch> answer) : IDisposable
    {
        private readonly Lock gate = new();
        private bool closed;

        internal void Serve(DatagramBatch batch)
        {
            lock (gate)
            {
                if (closed || !batch.TryReceive(socket.SafeHandle))
                    return;
                answer(batch);
                batch.Send(socket.SafeHandle);
            }
        }

        public void Dispose()
        {
            lock (gate)
            {
                if (closed)
                    return;
                closed = true;
                loop.served.TryRemove(key, out _);
                loop.queue.Remove(socket.SafeHandle);
            }
        }
    }
}
