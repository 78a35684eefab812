using System.Diagnostics.CodeAnalysis;
using Argosy.Core;
using Argosy.Store;

namespace Argosy.Build.Cache;

/// <summary>
/// Results of build steps by key, in the state database. It holds no bytes itself: a layer belongs to the layer store,
/// and <see cref="LayersInUse"/> is what the layer store's collector has to spare.
/// </summary>
public sealed class BuildCache
{
    private readonly Collection<CacheRecord> records;
    private readonly StateStore store;
    private readonly TimeProvider clock;
    private readonly KeyedLock<string> running = new();

    /// <summary>Reads the records.</summary>
    public BuildCache(StateStore store, TimeProvider clock)
    {
        (this.store, this.clock) = (store, clock);
        records = store.Collection("build-cache", BuildJson.Default.CacheRecord);
    }

    /// <summary>The chain ids that records stand on or have made: layers that the collector must keep.</summary>
    public IReadOnlyCollection<string> LayersInUse
    {
        get
        {
            var chains = new HashSet<string>(StringComparer.Ordinal);
            foreach (CacheRecord record in records.All)
                chains.Add(Result(record));
            chains.Remove("");
            return chains;
        }
    }

    /// <summary>All records, for <c>system df</c>.</summary>
    public IReadOnlyList<BuildCacheEntry> Entries =>
        [.. records.Entries.Select(entry => new BuildCacheEntry(entry.Key, entry.Value.Description, entry.Value.Size, entry.Value.Created, entry.Value.LastUsed, entry.Value.Uses))];

    /// <summary>Deletes records, all or those unused since some time; the layers go with the next collection.</summary>
    /// <returns>What was deleted.</returns>
    public async Task<IReadOnlyList<BuildCacheEntry>> PruneAsync(DateTimeOffset? unusedSince)
    {
        BuildCacheEntry[] doomed = [.. Entries.Where(entry => unusedSince is not { } limit || entry.LastUsed < limit)];
        await store.CommitAsync([.. doomed.Select(entry => records.Delete(entry.Id))]);
        return doomed;
    }

    /// <summary>One step with one key runs at a time: a second build waits, and then finds the result.</summary>
    internal Task<IDisposable> EnterAsync(string key, CancellationToken cancellationToken) => running.AcquireAsync(key, cancellationToken);

    internal bool TryGet(string key, [NotNullWhen(true)] out CacheRecord? record) => records.TryGet(key, out record);

    internal Task ForgetAsync(string key) => records.DeleteAsync(key);

    internal async Task<CacheRecord> AddAsync(string key, string parent, BuiltLayer? layer, string description)
    {
        DateTimeOffset now = clock.GetUtcNow();
        var record = new CacheRecord { Parent = parent, DiffId = layer?.DiffId.ToString(), Size = layer?.Size ?? 0, Description = description, Created = now, LastUsed = now };
        await records.PutAsync(key, record);
        return record;
    }

    /// <summary>The same result under a second key.</summary>
    internal Task AliasAsync(string key, CacheRecord record) => records.PutAsync(key, record with { LastUsed = clock.GetUtcNow() });

    internal Task TouchAsync(IReadOnlyCollection<string> keys)
    {
        var changes = new List<Change>();
        foreach (string key in keys)
        {
            if (records.TryGet(key, out CacheRecord? record))
                changes.Add(records.Put(key, record with { LastUsed = clock.GetUtcNow(), Uses = record.Uses + 1 }));
        }
        return changes.Count == 0 ? Task.CompletedTask : store.CommitAsync(changes);
    }

    private static string Result(CacheRecord record) =>
        record.DiffId is null ? record.Parent
        : record.Parent.Length == 0 ? record.DiffId
        : Digest.Of(System.Text.Encoding.UTF8.GetBytes($"{record.Parent} {record.DiffId}")).ToString();
}
