using System.Collections.Concurrent;

namespace Argosy.Core;

/// <summary>One asynchronous lock per key (a container, a network, a chain id); keys cost nothing while nobody holds or waits for them.</summary>
public sealed class KeyedLock<TKey> where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Entry> entries = new();

    /// <summary>Waits for the key's lock; dispose the result to release it. Not reentrant.</summary>
    public async Task<IDisposable> AcquireAsync(TKey key, CancellationToken cancellationToken = default)
    {
        Entry entry = Enter(key);
        try
        {
            await entry.Semaphore.WaitAsync(cancellationToken);
        }
        catch
        {
            Leave(key, entry);
            throw;
        }
        return new Holder(this, key, entry);
    }

    private Entry Enter(TKey key)
    {
        while (true)
        {
            Entry entry = entries.GetOrAdd(key, _ => new Entry());
            lock (entry)
            {
                if (entry.Users < 0)
                    continue;
                entry.Users++;
                return entry;
            }
        }
    }

    private void Leave(TKey key, Entry entry)
    {
        lock (entry)
        {
            if (--entry.Users > 0)
                return;
            entry.Users = -1;
            entries.TryRemove(key, out _);
        }
    }

    private sealed class Entry
    {
        public SemaphoreSlim Semaphore { get; } = new(1, 1);

        /// <summary>Holders and waiters; -1 once the entry has left the dictionary.</summary>
        public int Users { get; set; }
    }

    private sealed class Holder(KeyedLock<TKey> owner, TKey key, Entry entry) : IDisposable
    {
        private int released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref released, 1) != 0)
                return;
            entry.Semaphore.Release();
            owner.Leave(key, entry);
        }
    }
}
