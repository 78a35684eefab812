using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Argosy.Store;

/// <summary>
/// The records of one kind. Reads see committed records only and take no lock; records are immutable values.
/// </summary>
public sealed class Collection<T> where T : class
{
    private readonly StateStore store;
    private readonly string kind;
    private readonly JsonTypeInfo<T> json;
    private readonly ConcurrentDictionary<string, T> items = new(StringComparer.Ordinal);

    internal Collection(StateStore store, string kind, JsonTypeInfo<T> json, Dictionary<string, byte[]> rows)
    {
        (this.store, this.kind, this.json) = (store, kind, json);
        foreach ((string id, byte[] body) in rows)
            items[id] = JsonSerializer.Deserialize(body, json) ?? throw new InvalidDataException($"{kind} {id} is null in the state database");
    }

    /// <summary>All records, in no order; a snapshot.</summary>
    public ICollection<T> All => items.Values;

    /// <summary>All ids and records; a snapshot.</summary>
    public IReadOnlyCollection<KeyValuePair<string, T>> Entries => items.ToArray();

    /// <summary>How many there are.</summary>
    public int Count => items.Count;

    /// <summary>Looks one up by its exact id.</summary>
    public bool TryGet(string id, [NotNullWhen(true)] out T? record) => items.TryGetValue(id, out record);

    /// <summary>Writes one record; when the task is done it is on disk and visible.</summary>
    public Task PutAsync(string id, T record) => store.CommitAsync(Put(id, record));

    /// <summary>Deletes one record; a missing one is no error.</summary>
    public Task DeleteAsync(string id) => store.CommitAsync(Delete(id));

    /// <summary>The change that writes a record, for <see cref="StateStore.CommitAsync"/>.</summary>
    public Change Put(string id, T record) =>
        new(kind, id, JsonSerializer.SerializeToUtf8Bytes(record, json), () => items[id] = record);

    /// <summary>The change that deletes a record, for <see cref="StateStore.CommitAsync"/>.</summary>
    public Change Delete(string id) => new(kind, id, null, () => items.TryRemove(id, out _));
}
