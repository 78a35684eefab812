using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Argosy.Core;
using Argosy.Engine.Containers.Model;
using Argosy.Engine.Health;
using Argosy.Store;

namespace Argosy.Engine.Containers;

/// <summary>
/// All containers: their records, the index of their names, and one lock each. Reading takes no lock.
/// </summary>
public sealed class ContainerTable
{
    private readonly StateStore store;
    private readonly Collection<ContainerRecord> records;
    private readonly Collection<HealthState> health;
    private readonly ConcurrentDictionary<string, ContainerId> names = new(StringComparer.Ordinal);
    private readonly KeyedLock<ContainerId> locks = new();

    /// <summary>Reads what the database has.</summary>
    public ContainerTable(StateStore store)
    {
        this.store = store;
        records = store.Collection("container", ContainerJson.Default.ContainerRecord);
        health = store.Collection("health", ContainerJson.Default.HealthState);
        foreach (ContainerRecord record in records.All)
            names[record.Name] = record.Id;
    }

    /// <summary>All containers, those of build steps included; a snapshot in no order.</summary>
    public ICollection<ContainerRecord> All => records.All;

    /// <summary>Changes whenever anything in the database does: containers, and what is shown with them of images and networks.</summary>
    public long Version => store.Version;

    /// <summary>Waits for the container's own lock. Everything that changes a container holds it.</summary>
    public Task<IDisposable> LockAsync(ContainerId id, CancellationToken cancellationToken = default) => locks.AcquireAsync(id, cancellationToken);

    /// <summary>Looks a container up by its full id.</summary>
    public bool TryGet(ContainerId id, [NotNullWhen(true)] out ContainerRecord? record) => records.TryGet(id.Value, out record);

    /// <summary>The current record; for callers that hold the lock and resolved the reference before.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotFound"/> when it was removed meanwhile.</exception>
    public ContainerRecord Get(ContainerId id) => TryGet(id, out ContainerRecord? record) ? record : throw NoSuch(id.Value);

    /// <summary>Looks a container up by full id, name (with or without a slash), or unambiguous id prefix, in this order.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotFound"/>, or <see cref="ErrorKind.InvalidArgument"/> when a prefix fits several.</exception>
    public ContainerRecord Find(string reference)
    {
        string name = reference.TrimStart('/');
        if (name.Split('/') is [var parent, var alias])
            return FindLinked(parent, alias) ?? throw NoSuch(reference);
        if (records.TryGet(reference, out ContainerRecord? exact) || (names.TryGetValue(name, out ContainerId id) && TryGet(id, out exact)))
            return exact;
        if (name.Length == 0 || !name.All(char.IsAsciiHexDigitLower))
            throw NoSuch(reference);
        ContainerRecord[] matches = [.. records.All.Where(record => record.Id.Value.StartsWith(name, StringComparison.Ordinal)).Take(2)];
        return matches.Length switch
        {
            1 => matches[0],
            0 => throw NoSuch(reference),
            _ => throw EngineException.Invalid($"multiple IDs found with provided prefix: {reference}"),
        };
    }

    /// <summary>A container by the name that a link gives it.</summary>
    private ContainerRecord? FindLinked(string parent, string alias) =>
        names.TryGetValue(parent, out ContainerId id) && TryGet(id, out ContainerRecord? linking)
            && linking.Links.FirstOrDefault(link => link.Alias == alias) is { } link && records.TryGet(link.Container, out ContainerRecord? linked) ? linked : null;

    /// <summary>Like <see cref="Find"/>, without the exception.</summary>
    public bool TryFind(string reference, [NotNullWhen(true)] out ContainerRecord? record)
    {
        try
        {
            record = Find(reference);
            return true;
        }
        catch (EngineException)
        {
            record = null;
            return false;
        }
    }

    /// <summary>Takes a name for a container; release it when the container is not made after all.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.Conflict"/> when another container has it.</exception>
    public void ReserveName(string name, ContainerId id)
    {
        ContainerId owner = names.GetOrAdd(name, id);
        if (owner != id)
            throw EngineException.Conflict($"Conflict. The container name \"/{name}\" is already in use by container \"{owner}\". You have to remove (or rename) that container to be able to reuse that name.");
    }

    /// <summary>Gives a name back, if this container has it.</summary>
    public void ReleaseName(string name, ContainerId id) => names.TryRemove(KeyValuePair.Create(name, id));

    /// <summary>Commits a record.</summary>
    public Task SaveAsync(ContainerRecord record) => records.PutAsync(record.Id.Value, record);

    /// <summary>What the probes of a container had found when that was last saved; null when it has none, or never ran.</summary>
    public HealthState? HealthOf(ContainerId id) => health.TryGet(id.Value, out HealthState? state) ? state : null;

    /// <summary>Commits what the probes of a container have found; nothing when the container has been removed.</summary>
    public async Task SaveHealthAsync(ContainerId id, HealthState state)
    {
        if (!TryGet(id, out _))
            return;
        await health.PutAsync(id.Value, state);
        // Removed meanwhile: its health must not outlive it.
        if (!TryGet(id, out _))
            await health.DeleteAsync(id.Value);
    }

    /// <summary>Deletes a record with all that belongs to it, and frees its name.</summary>
    public async Task DeleteAsync(ContainerRecord record)
    {
        await store.CommitAsync(HealthOf(record.Id) is null
            ? [records.Delete(record.Id.Value)] : [records.Delete(record.Id.Value), health.Delete(record.Id.Value)]);
        ReleaseName(record.Name, record.Id);
    }

    private static EngineException NoSuch(string reference) => EngineException.NotFound($"No such container: {reference}");
}
