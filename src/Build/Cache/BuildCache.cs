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
    private readonly CacheMounts mounts;
    private readonly KeyedLock<string> running = new();

    /// <summary>Reads the records.</summary>
    public BuildCache(StateStore store, CacheMounts mounts, TimeProvider clock)
    {
        (this.store, this.mounts, this.clock) = (store, mounts, clock);
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

    /// <summary>All results and cache mounts, for <c>system df</c>. A layer that several results stand for is counted once.</summary>
    public IReadOnlyList<BuildCacheEntry> Entries
    {
        get
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            return [.. records.Entries.OrderBy(entry => entry.Value.Created).Select(entry => Describe(entry.Key, entry.Value, seen.Add(Result(entry.Value)))), .. mounts.Entries];
        }
    }

    /// <summary>Deletes results and cache mounts that no build uses, those first that were not of use for longest; the layers go with the next collection.</summary>
    /// <returns>What was deleted.</returns>
    public async Task<IReadOnlyList<BuildCacheEntry>> PruneAsync(BuildPrune prune)
    {
        IReadOnlyList<BuildCacheEntry> doomed = prune.Choose(Entries);
        var deleted = new List<BuildCacheEntry>();
        foreach (BuildCacheEntry mount in doomed.Where(entry => entry.Type == BuildCacheEntry.CacheMount))
        {
            if (await mounts.RemoveAsync(mount.Id))
                deleted.Add(mount);
        }
        BuildCacheEntry[] steps = [.. doomed.Where(entry => entry.Type != BuildCacheEntry.CacheMount)];
        await store.CommitAsync([.. steps.Select(entry => records.Delete(entry.Id))]);
        return [.. deleted, .. steps];
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

    /// <summary>Takes results over that others have made; their layers are here.</summary>
    internal Task TakeOverAsync(IEnumerable<CachedStep> steps)
    {
        DateTimeOffset now = clock.GetUtcNow();
        Change[] changes = [.. steps.Where(step => !records.TryGet(step.Key, out _)).Select(step => records.Put(step.Key, new CacheRecord
        {
            Parent = step.Parent,
            DiffId = step.DiffId?.ToString(),
            Size = step.Size,
            Description = step.Description,
            Created = step.Created,
            LastUsed = now,
        }))];
        return changes.Length == 0 ? Task.CompletedTask : store.CommitAsync(changes);
    }

    /// <summary>These results under all keys that they have here.</summary>
    internal IEnumerable<CachedStep> UnderAllKeys(IReadOnlyCollection<CachedStep> steps)
    {
        Dictionary<(string, string?, string), CachedStep> wanted = steps.DistinctBy(Identity).ToDictionary(Identity);
        IEnumerable<CachedStep> others = records.Entries
            .Where(entry => wanted.ContainsKey((entry.Value.Parent, entry.Value.DiffId, entry.Value.Description)))
            .Select(entry => wanted[(entry.Value.Parent, entry.Value.DiffId, entry.Value.Description)] with { Key = entry.Key });
        return steps.Concat(others).DistinctBy(step => step.Key);
    }

    private static (string Parent, string? DiffId, string Description) Identity(CachedStep step) => (step.Parent, step.DiffId?.ToString(), step.Description);

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

    private static BuildCacheEntry Describe(string key, CacheRecord record, bool isFirst) =>
        new(key, record.Description, isFirst ? record.Size : 0, record.Created, record.LastUsed, record.Uses) { Layer = Result(record) };

    private static string Result(CacheRecord record) =>
        record.DiffId is null ? record.Parent
        : record.Parent.Length == 0 ? record.DiffId
        : Digest.Of(System.Text.Encoding.UTF8.GetBytes($"{record.Parent} {record.DiffId}")).ToString();
}
