using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Argosy.Cli.Templates;

/// <summary>A JSON object: a map that keeps the order in which the engine wrote its keys.</summary>
internal sealed class JsonMap : IReadOnlyDictionary<string, object?>
{
    private readonly List<KeyValuePair<string, object?>> entries;
    private readonly Dictionary<string, object?> byKey = new(StringComparer.Ordinal);

    public JsonMap(IEnumerable<KeyValuePair<string, object?>> entries)
    {
        this.entries = [.. entries];
        foreach ((string key, object? value) in this.entries)
            byKey[key] = value;
    }

    public IEnumerable<string> Keys => entries.Select(entry => entry.Key);

    public IEnumerable<object?> Values => entries.Select(entry => entry.Value);

    public int Count => entries.Count;

    public object? this[string key] => byKey[key];

    public bool ContainsKey(string key) => byKey.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) => byKey.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
