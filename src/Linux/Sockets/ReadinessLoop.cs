using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Argosy.Linux.Sockets;

/// <summary>A thread that calls back for each of many descriptors when it can be read, one after the other.</summary>
public sealed class ReadinessLoop : IDisposable
{
    private readonly ReadinessQueue queue = new();
    private readonly ConcurrentDictionary<long, Served> served = new();
    private readonly Thread thread;
    private long lastKey;
    private volatile bool stopping;

    /// <param name="name">The thread's.</param>
    public ReadinessLoop(string name)
    {
        thread = new Thread(Run) { IsBackground = true, Name = name };
        thread.Start();
    }

    /// <summary>Serves a descriptor until the result is disposed, after which nobody uses it.</summary>
    /// <param name="descriptor">What to watch.</param>
    /// <param name="readable">Takes what is there, or some of it; runs on the loop's thread, must not wait and must not throw.</param>
    /// <exception cref="LinuxException">It cannot be watched.</exception>
    public IDisposable Serve(SafeHandle descriptor, Action readable)
    {
        long key = Interlocked.Increment(ref lastKey);
        var entry = new Served(this, key, descriptor, readable);
        served[key] = entry;
        try
        {
            queue.Add(descriptor, key);
        }
        catch
        {
            served.TryRemove(key, out _);
            throw;
        }
        return entry;
    }

    /// <summary>Ends the thread; descriptors are their owners' to close.</summary>
    public void Dispose()
    {
        stopping = true;
        queue.Wake();
        thread.Join();
        queue.Dispose();
    }

    private void Run()
    {
        var ready = new List<long>();
        while (!stopping)
        {
            queue.Wait(ready);
            foreach (long key in ready)
                if (served.TryGetValue(key, out Served? entry))
                    entry.Serve();
        }
    }

    private sealed class Served(ReadinessLoop loop, long key, SafeHandle descriptor, Action readable) : IDisposable
    {
        private readonly Lock gate = new();
        private bool closed;

        internal void Serve()
        {
            lock (gate)
                if (!closed)
                    readable();
        }

        public void Dispose()
        {
            lock (gate)
            {
                if (closed)
                    return;
                closed = true;
                loop.served.TryRemove(key, out _);
                loop.queue.Remove(descriptor);
            }
        }
    }
}
