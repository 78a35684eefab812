using System.Diagnostics.CodeAnalysis;

namespace Argosy.Compose;

/// <summary>A mapping in the order it was written.</summary>
internal sealed class MappingNode(Mark at, MergeTag tag = MergeTag.None) : ComposeNode(at, tag)
{
    private readonly OrderedDictionary<string, (Mark KeyAt, ComposeNode Value)> entries = new(StringComparer.Ordinal);

    internal override string Kind => "a mapping";

    internal IEnumerable<string> Keys => entries.Keys;

    internal int Count => entries.Count;

    internal IEnumerable<(string Key, Mark At, ComposeNode Value)> Entries => entries.Select(entry => (entry.Key, entry.Value.KeyAt, entry.Value.Value));

    internal Mark KeyAt(string key) => entries[key].KeyAt;

    internal bool TryGet(string key, [NotNullWhen(true)] out ComposeNode? value)
    {
        bool found = entries.TryGetValue(key, out (Mark KeyAt, ComposeNode Value) entry);
        value = found ? entry.Value : null;
        return found;
    }

    internal bool TryAdd(string key, Mark keyAt, ComposeNode value) => entries.TryAdd(key, (keyAt, value));

    internal void Set(string key, Mark keyAt, ComposeNode value) => entries[key] = (keyAt, value);

    /// <summary>A new mapping with each value replaced.</summary>
    internal MappingNode Select(Func<string, ComposeNode, ComposeNode> change)
    {
        var result = new MappingNode(At, Tag);
        foreach ((string key, Mark at, ComposeNode value) in Entries)
            result.Set(key, at, change(key, value));
        return result;
    }

    internal MappingNode Without(string key)
    {
        var result = new MappingNode(At, Tag);
        foreach ((string name, Mark at, ComposeNode value) in Entries.Where(entry => entry.Key != key))
            result.Set(name, at, value);
        return result;
    }
}
