using System.Globalization;
using Argosy.Build.Syntax.Instructions;
using Argosy.Core;
using Argosy.Linux.Files;
using Argosy.Store;

namespace Argosy.Build.Cache;

/// <summary>
/// The directories of <c>RUN --mount=type=cache</c>, below the data root, with a record each. A directory without a record was being made when the
/// daemon was killed: <see cref="Recover"/> removes it. One id may have several (sharing=private).
/// </summary>
public sealed partial class CacheMounts(StateStore store, DaemonPaths paths, TimeProvider clock)
{
    private readonly Collection<CacheMountRecord> records = store.Collection("build-mounts", BuildJson.Default.CacheMountRecord);
    private readonly TimeProvider clock = clock;
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> users = [];
    private TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // What users says of a directory that one step has for itself.
    private const int Exclusive = -1;

    /// <summary>All of them, for <c>system df</c>. Measures them.</summary>
    public IReadOnlyList<BuildCacheEntry> Entries => [.. records.Entries.Select(entry => Describe(entry.Key, entry.Value))];

    /// <summary>Removes directories that have no record. Call once at start.</summary>
    public void Recover()
    {
        if (!Directory.Exists(paths.BuildMounts))
            return;
        foreach (string path in Directory.EnumerateDirectories(paths.BuildMounts).Where(path => !records.TryGet(Path.GetFileName(path), out _)))
            FileTree.Remove(path);
    }

    /// <summary>Deletes one that nobody uses.</summary>
    /// <returns>False when it is in use or gone.</returns>
    internal async Task<bool> RemoveAsync(string name)
    {
        lock (gate)
        {
            if (users.ContainsKey(name) || !records.TryGet(name, out _))
                return false;
            users[name] = Exclusive;
        }
        try
        {
            // The record first: a directory without one is removed at the next start, should this be cut off.
            await records.DeleteAsync(name);
            await Task.Run(() => FileTree.Remove(PathOf(name)));
            return true;
        }
        finally
        {
            Release(name);
        }
    }

    /// <summary>Takes a directory for one step; waits where the sharing mode says so.</summary>
    internal async Task<Holding> AcquireAsync(string id, CacheSharing sharing, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task change;
            lock (gate)
            {
                if (TryTake(id, sharing) is { } name)
                    return Open(name, id, sharing);
                change = released.Task;
            }
            await change.WaitAsync(cancellationToken);
        }
    }

    private string? TryTake(string id, CacheSharing sharing)
    {
        string stem = Digest.Of(System.Text.Encoding.UTF8.GetBytes(id)).Hex[..32];
        for (int number = 0; ; number++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{stem}-{number}");
            bool inUse = users.TryGetValue(name, out int count);
            // A new directory is one step's alone until it has its first content and its record.
            bool isNew = !records.TryGet(name, out _);
            if (sharing == CacheSharing.Shared && !isNew && count != Exclusive)
            {
                users[name] = count + 1;
                return name;
            }
            if (!inUse)
            {
                users[name] = Exclusive;
                return name;
            }
            if (sharing != CacheSharing.Private)
                return null;
        }
    }

    private Holding Open(string name, string id, CacheSharing sharing)
    {
        bool isNew = !records.TryGet(name, out _);
        if (isNew)
        {
            FileTree.Remove(PathOf(name));
            Directory.CreateDirectory(DataOf(name));
        }
        return new Holding(this, name, id, sharing, isNew);
    }

    private void Share(string name) => Change(() => users[name] = 1);

    private void Release(string name) => Change(() =>
    {
        if (users[name] > 1)
            users[name]--;
        else
            users.Remove(name);
    });

    /// <summary>Changes who uses what, and wakes all who wait to look again.</summary>
    private void Change(Action change)
    {
        TaskCompletionSource done;
        lock (gate)
        {
            change();
            (done, released) = (released, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        done.SetResult();
    }

    private BuildCacheEntry Describe(string name, CacheMountRecord record)
    {
        bool inUse;
        lock (gate)
            inUse = users.ContainsKey(name);
        return new BuildCacheEntry(name, $"cached mount {record.Id}", FileTree.Measure(PathOf(name)), record.Created, record.LastUsed, record.Uses) { Type = BuildCacheEntry.CacheMount, InUse = inUse };
    }

    private string PathOf(string name) => Path.Combine(paths.BuildMounts, name);

    private string DataOf(string name) => Path.Combine(PathOf(name), "data");

    /// <summary>One step's hold on a directory.</summary>
    internal sealed class Holding(CacheMounts owner, string name, string id, CacheSharing sharing, bool isNew)
    {
        private const int DefaultMode = 0x1ed;

        /// <summary>The directory that is mounted.</summary>
        public string Path => owner.DataOf(name);

        /// <summary>Whether it was made just now, and has to get its first content and its owner.</summary>
        public bool IsNew => isNew;

        public void SetOwnerAndMode(uint user, uint group, int? mode) => FileTree.SetOwnerAndMode(Path, user, group, mode ?? DefaultMode);

        /// <summary>Gives a new directory its record; from here on others may come in, where it is shared.</summary>
        public async Task KeepAsync()
        {
            DateTimeOffset now = owner.clock.GetUtcNow();
            await owner.records.PutAsync(name, new CacheMountRecord { Id = id, Created = now, LastUsed = now });
            if (sharing == CacheSharing.Shared)
                owner.Share(name);
        }

        public async Task ReleaseAsync()
        {
            if (owner.records.TryGet(name, out CacheMountRecord? record))
                await owner.records.PutAsync(name, record with { LastUsed = owner.clock.GetUtcNow(), Uses = record.Uses + 1 });
            else
                FileTree.Remove(owner.PathOf(name));
            owner.Release(name);
        }
    }
}
