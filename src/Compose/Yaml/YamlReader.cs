using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Argosy.Compose;

/// <summary>YAML text to <see cref="ComposeNode"/>s: anchors, aliases, merge keys (<c>&lt;&lt;</c>) and Compose's tags; duplicate keys are errors.</summary>
internal sealed class YamlReader
{
    private readonly string file;
    private readonly IParser parser;
    private readonly Dictionary<string, ComposeNode> anchors = new(StringComparer.Ordinal);

    private YamlReader(string file, TextReader text) => (this.file, parser) = (file, new Parser(text));

    /// <summary>The documents of a file, each a mapping; empty ones are left out.</summary>
    internal static IReadOnlyList<MappingNode> Read(string file, TextReader text)
    {
        try
        {
            return new YamlReader(file, text).ReadDocuments();
        }
        catch (YamlException exception)
        {
            throw new ComposeException($"{file}:{exception.Start.Line}: yaml: {exception.Message}", exception);
        }
    }

    private List<MappingNode> ReadDocuments()
    {
        var documents = new List<MappingNode>();
        parser.Consume<StreamStart>();
        while (parser.TryConsume<DocumentStart>(out _))
        {
            anchors.Clear();
            ComposeNode root = ReadNode();
            parser.Consume<DocumentEnd>();
            if (root is MappingNode mapping)
                documents.Add(mapping);
            else if (!root.IsNull)
                throw ComposeException.At(root.At, "", $"top-level object must be a mapping, not {root.Kind}");
        }
        return documents;
    }

    private ComposeNode ReadNode()
    {
        if (parser.Accept<AnchorAlias>(out _))
        {
            AnchorAlias alias = parser.Consume<AnchorAlias>();
            return anchors.TryGetValue(alias.Value.Value, out ComposeNode? target)
                ? target
                : throw ComposeException.At(At(alias), "", $"unknown anchor '{alias.Value.Value}' referenced");
        }
        NodeEvent start = parser.Current as NodeEvent ?? throw ComposeException.At(new Mark(file, 0), "", "unexpected end of file");
        ComposeNode node = start switch
        {
            Scalar => ReadScalar(parser.Consume<Scalar>()),
            SequenceStart => ReadSequence(parser.Consume<SequenceStart>()),
            _ => ReadMapping(parser.Consume<MappingStart>()),
        };
        if (!start.Anchor.IsEmpty)
            anchors[start.Anchor.Value] = node;
        return node;
    }

    private ScalarNode ReadScalar(Scalar scalar) =>
        new(At(scalar), scalar.Value, scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty, TagOf(scalar));

    private SequenceNode ReadSequence(SequenceStart start)
    {
        var items = new List<ComposeNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
            items.Add(ReadNode());
        return new SequenceNode(At(start), items, TagOf(start));
    }

    /// <summary>Own keys win over merged ones, earlier merged ones over later ones (yaml.org/type/merge.html).</summary>
    private MappingNode ReadMapping(MappingStart start)
    {
        var mapping = new MappingNode(At(start), TagOf(start));
        var merged = new List<ComposeNode>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            Scalar key = parser.Consume<Scalar>();
            ComposeNode value = ReadNode();
            if (key is { Value: "<<", Style: ScalarStyle.Plain })
                merged.AddRange(value is SequenceNode list ? list.Items : [value]);
            else if (!mapping.TryAdd(key.Value, At(key), value))
                throw ComposeException.At(At(key), "", $"mapping key \"{key.Value}\" already defined at line {mapping.KeyAt(key.Value).Line}");
        }
        foreach (ComposeNode source in merged)
        {
            MappingNode from = source as MappingNode ?? throw ComposeException.At(source.At, "<<", "map merge requires map or sequence of maps as the value");
            foreach ((string key, Mark at, ComposeNode value) in from.Entries)
                mapping.TryAdd(key, at, value);
        }
        return mapping;
    }

    private Mark At(ParsingEvent parsed) => new(file, (int)parsed.Start.Line);

    private MergeTag TagOf(NodeEvent node) => (node.Tag.IsEmpty ? "" : node.Tag.Value) switch
    {
        "!reset" => MergeTag.Reset,
        "!override" => MergeTag.Override,
        "" or "!" => MergeTag.None,
        string standard when standard.StartsWith("tag:yaml.org,2002:", StringComparison.Ordinal) => MergeTag.None,
        string other => throw ComposeException.At(At(node), "", $"unknown YAML tag {other}"),
    };
}
