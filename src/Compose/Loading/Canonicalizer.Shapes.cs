namespace Argosy.Compose;

/// <content>The changes of shape that know nothing but the shape.</content>
internal sealed partial class Canonicalizer
{
    /// <summary>Changes the named fields of a mapping; anything else is left for the binder to judge.</summary>
    private static ComposeNode Fields(ComposeNode node, Dictionary<string, Func<ComposeNode, ComposeNode>> changes) => node is MappingNode mapping
        ? mapping.Select((key, value) => changes.TryGetValue(key, out Func<ComposeNode, ComposeNode>? change) && !value.IsNull ? change(value) : value)
        : node;

    private static ComposeNode Each(ComposeNode node, Func<ComposeNode, ComposeNode> change) =>
        node is MappingNode mapping ? mapping.Select((_, value) => change(value)) : node;

    private static ComposeNode Items(ComposeNode node, Func<ComposeNode, ComposeNode> change) =>
        node is SequenceNode list ? new SequenceNode(node.At, list.Items.Select(change), node.Tag) : node;

    /// <summary><c>[A=1, B]</c> to <c>{A: 1, B: null}</c>.</summary>
    private static ComposeNode ToMapping(ComposeNode node)
    {
        if (node is not SequenceNode list)
            return node;
        var mapping = new MappingNode(node.At, node.Tag);
        foreach (ComposeNode item in list.Items)
        {
            string text = (item as ScalarNode)?.Value ?? throw ComposeException.At(item.At, "", $"must be NAME=value, not {item.Kind}");
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            ComposeNode value = equals < 0 ? new ScalarNode(item.At, "", isPlain: true) : new ScalarNode(item.At, text[(equals + 1)..]);
            mapping.Set(equals < 0 ? text : text[..equals], item.At, value);
        }
        return mapping;
    }

    private static ComposeNode ToSequence(ComposeNode node) => node is ScalarNode ? new SequenceNode(node.At, [node], node.Tag) : node;

    private static ComposeNode Keyed(ComposeNode node, Func<Mark, ComposeNode> value)
    {
        if (node is not SequenceNode list)
            return node;
        var mapping = new MappingNode(node.At, node.Tag);
        foreach (ComposeNode item in list.Items)
        {
            string key = (item as ScalarNode)?.Value ?? throw ComposeException.At(item.At, "", $"must be a name, not {item.Kind}");
            mapping.Set(key, item.At, value(item.At));
        }
        return mapping;
    }

    private static MappingNode Dependency(Mark at) =>
        Mapping(at, ("condition", new ScalarNode(at, "service_started")), ("required", new ScalarNode(at, "true")));

    private static ComposeNode CommandLine(ComposeNode node) => node is ScalarNode { IsNull: false } scalar
        ? new SequenceNode(node.At, Parsed(node, () => ShellWords.Split(scalar.Value)).Select(word => new ScalarNode(node.At, word)), node.Tag)
        : node;

    private static ComposeNode HealthTest(ComposeNode node) => node is ScalarNode { IsNull: false }
        ? new SequenceNode(node.At, [new ScalarNode(node.At, "CMD-SHELL"), node], node.Tag)
        : node;

    private static ComposeNode FileReference(ComposeNode node) => node is ScalarNode ? Mapping(node.At, ("source", node)) : node;

    private static ComposeNode Device(ComposeNode node)
    {
        if (node is not ScalarNode scalar)
            return node;
        string[] parts = scalar.Value.Split(':');
        string[] keys = ["source", "target", "permissions"];
        return parts.Length <= 3
            ? Mapping(node.At, [.. parts.Select((part, i) => (keys[i], (ComposeNode)new ScalarNode(node.At, part)))])
            : throw ComposeException.At(node.At, "devices", $"confusing device mapping, please use long syntax: {scalar.Value}");
    }

    private static ComposeNode Ulimits(ComposeNode node) => Each(node, limit =>
        limit is ScalarNode ? Mapping(limit.At, ("soft", limit), ("hard", limit)) : limit);

    /// <summary>To a list of <c>name=address</c>: from a mapping, and from <c>name:address</c>.</summary>
    private static ComposeNode ExtraHosts(ComposeNode node) => node switch
    {
        MappingNode mapping => new SequenceNode(node.At, mapping.Entries.SelectMany(entry => Addresses(entry.Value).Select(address => new ScalarNode(entry.At, $"{entry.Key}={address}"))), node.Tag),
        SequenceNode list => new SequenceNode(node.At, list.Items.Select(ExtraHost), node.Tag),
        _ => node,
    };

    private static IEnumerable<string> Addresses(ComposeNode node) =>
        (node is SequenceNode list ? list.Items : [node]).Select(item => (item as ScalarNode)?.Value ?? throw ComposeException.At(item.At, "extra_hosts", "must be an address"));

    private static ComposeNode ExtraHost(ComposeNode item)
    {
        string text = (item as ScalarNode)?.Value ?? "";
        int separator = text.IndexOfAny(['=', ':']);
        return separator > 0
            ? new ScalarNode(item.At, $"{text[..separator]}={text[(separator + 1)..].Trim('[', ']')}")
            : throw ComposeException.At(item.At, "extra_hosts", $"bad host name or address \"{text}\"");
    }

    private static MappingNode Mapping(Mark at, params ReadOnlySpan<(string Key, ComposeNode Value)> entries)
    {
        var mapping = new MappingNode(at);
        foreach ((string key, ComposeNode value) in entries)
            mapping.Set(key, at, value);
        return mapping;
    }
}
