namespace Argosy.Compose;

/// <summary>
/// Puts one canonical file over another (Compose Specification, "Merge"): mappings meet key by key, lists are appended to,
/// some lists have keys of their own, and commands are replaced.
/// </summary>
internal static class Merger
{
    internal static MappingNode Merge(MappingNode lower, MappingNode upper) => (MappingNode)Merge(lower, upper, []);

    /// <summary>A service over the one that it extends.</summary>
    internal static MappingNode MergeService(MappingNode lower, MappingNode upper) => (MappingNode)Merge(lower, upper, ["services", ""]);

    /// <summary>Removes what <c>!reset</c> left where there was nothing to reset.</summary>
    internal static MappingNode WithoutResets(MappingNode node)
    {
        var result = new MappingNode(node.At, node.Tag);
        foreach ((string key, Mark at, ComposeNode value) in node.Entries.Where(entry => entry.Value.Tag != MergeTag.Reset))
            result.Set(key, at, value is MappingNode inner ? WithoutResets(inner) : value);
        return result;
    }

    private static ComposeNode Merge(ComposeNode lower, ComposeNode upper, string[] path)
    {
        if (upper.Tag == MergeTag.Override || Replaces(path))
            return upper;
        return (lower, upper) switch
        {
            (MappingNode a, MappingNode b) => IsOtherLogDriver(a, b, path) ? b : MergeMappings(a, b, path),
            (SequenceNode a, SequenceNode b) => MergeLists(a, b, ItemKey(path)),
            (MappingNode or SequenceNode, { IsNull: true }) => lower,
            (MappingNode or SequenceNode, ScalarNode) => throw ComposeException.At(upper.At, string.Join('.', path), $"cannot override {lower.Kind} from {lower.At} with {upper.Kind}"),
            _ => upper,
        };
    }

    private static MappingNode MergeMappings(MappingNode lower, MappingNode upper, string[] path)
    {
        var result = new MappingNode(lower.At, lower.Tag);
        foreach ((string key, Mark at, ComposeNode value) in lower.Entries)
            result.Set(key, at, value);
        foreach ((string key, Mark at, ComposeNode value) in upper.Entries)
        {
            if (value.Tag == MergeTag.Reset)
                result = result.Without(key);
            else
                result.Set(key, at, result.TryGet(key, out ComposeNode? under) ? Merge(under, value, [.. path, key]) : value);
        }
        return result;
    }

    private static SequenceNode MergeLists(SequenceNode lower, SequenceNode upper, Func<ComposeNode, string> keyOf)
    {
        var items = new OrderedDictionary<string, ComposeNode>(StringComparer.Ordinal);
        foreach (ComposeNode item in lower.Items.Concat(upper.Items))
        {
            string key = keyOf(item);
            items[key] = items.TryGetValue(key, out ComposeNode? under) && item is MappingNode && under is MappingNode
                ? MergeMappings((MappingNode)under, (MappingNode)item, ["item"])
                : item;
        }
        return new SequenceNode(lower.At, items.Values, lower.Tag);
    }

    private static bool Replaces(string[] path) =>
        path is ["services", _, "command" or "entrypoint"] or ["services", _, "healthcheck", "test"];

    /// <summary>Options of one log driver mean nothing to another.</summary>
    private static bool IsOtherLogDriver(MappingNode lower, MappingNode upper, string[] path) =>
        path is ["services", _, "logging"] && Text(upper, "driver") is { } driver && Text(lower, "driver") is { } other && driver != other;

    private static Func<ComposeNode, string> ItemKey(string[] path) => path switch
    {
        ["services", _, "ports"] => node => Key(node, "host_ip", "published", "target", "protocol"),
        ["services", _, "volumes" or "devices"] => node => Key(node, "target"),
        ["services", _, "secrets" or "configs"] => node => node is MappingNode mapping ? Text(mapping, "target") ?? Key(node, "source") : Key(node),
        ["services", _, "env_file"] => node => Key(node, "path"),
        ["networks", _, "ipam", "config"] => node => Key(node, "subnet"),
        _ => node => Key(node),
    };

    private static string Key(ComposeNode node, params string[] fields) => node switch
    {
        ScalarNode scalar => scalar.Value,
        MappingNode mapping when fields.Length > 0 => string.Join('\n', fields.Select(field => Text(mapping, field) ?? "")),
        _ => node.At.ToString() + node.GetHashCode(),
    };

    private static string? Text(MappingNode mapping, string key) => mapping.TryGet(key, out ComposeNode? value) ? (value as ScalarNode)?.Value : null;
}
