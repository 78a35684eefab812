namespace Argosy.Compose;

/// <summary>
/// Brings one file to the long syntax everywhere, and makes its paths absolute, so that files can be merged key by key.
/// Values keep their text; whether they are valid is decided when they are bound.
/// </summary>
internal sealed partial class Canonicalizer
{
    private readonly string directory;
    private readonly Func<string, string?> lookup;
    private readonly Dictionary<string, Func<ComposeNode, ComposeNode>> service;
    private readonly Dictionary<string, Func<ComposeNode, ComposeNode>> build;

    /// <param name="directory">What relative paths of this file are relative to.</param>
    /// <param name="lookup">The project's environment, for <c>~</c>.</param>
    internal Canonicalizer(string directory, Func<string, string?> lookup)
    {
        (this.directory, this.lookup) = (directory, lookup);
        build = new(StringComparer.Ordinal)
        {
            ["context"] = Context,
            ["args"] = ToMapping,
            ["labels"] = ToMapping,
            ["additional_contexts"] = ToMapping,
            ["extra_hosts"] = ExtraHosts,
        };
        service = new(StringComparer.Ordinal)
        {
            ["build"] = Build,
            ["command"] = CommandLine,
            ["entrypoint"] = CommandLine,
            ["environment"] = ToMapping,
            ["labels"] = ToMapping,
            ["annotations"] = ToMapping,
            ["sysctls"] = ToMapping,
            ["dns"] = ToSequence,
            ["dns_search"] = ToSequence,
            ["tmpfs"] = ToSequence,
            ["env_file"] = EnvFiles,
            ["label_file"] = node => Items(ToSequence(node), AbsolutePath),
            ["extra_hosts"] = ExtraHosts,
            ["healthcheck"] = node => Fields(node, new(StringComparer.Ordinal) { ["test"] = HealthTest }),
            ["deploy"] = node => Fields(node, new(StringComparer.Ordinal) { ["labels"] = ToMapping }),
            ["depends_on"] = node => Keyed(node, Dependency),
            ["networks"] = node => Keyed(node, at => new ScalarNode(at, "", isPlain: true)),
            ["ports"] = Ports,
            ["volumes"] = node => Items(node, Volume),
            ["secrets"] = node => Items(node, FileReference),
            ["configs"] = node => Items(node, FileReference),
            ["ulimits"] = Ulimits,
            ["extends"] = Extends,
            ["devices"] = node => Items(node, Device),
        };
    }

    internal MappingNode Apply(MappingNode root) => root.Select((key, value) => key switch
    {
        "services" => Each(value, node => Fields(node, service)),
        "networks" => Each(value, Resource),
        "volumes" => Each(value, Resource),
        "secrets" or "configs" => Each(value, ProjectFile),
        _ => value,
    });

    private ComposeNode Build(ComposeNode node) =>
        Fields(node is ScalarNode { IsNull: false } scalar ? Mapping(node.At, ("context", scalar)) : node, build);

    private ComposeNode Context(ComposeNode node) =>
        node is ScalarNode scalar && HostPath.IsRemoteContext(scalar.Value) ? node : AbsolutePath(node);

    private ComposeNode EnvFiles(ComposeNode node) => Items(ToSequence(node), item =>
        Fields(item is ScalarNode ? Mapping(item.At, ("path", item)) : item, new(StringComparer.Ordinal) { ["path"] = AbsolutePath }));

    private ComposeNode Extends(ComposeNode node) =>
        Fields(node is ScalarNode ? Mapping(node.At, ("service", node)) : node, new(StringComparer.Ordinal) { ["file"] = AbsolutePath });

    private ComposeNode Volume(ComposeNode node)
    {
        ComposeNode mount = node is ScalarNode scalar ? Parsed(node, () => ShortVolume.Expand(node.At, scalar.Value)) : node;
        return mount is MappingNode mapping && mapping.TryGet("type", out ComposeNode? type) && type is ScalarNode { Value: "bind" }
            ? Fields(mount, new(StringComparer.Ordinal) { ["source"] = AbsolutePath })
            : mount;
    }

    private static SequenceNode Ports(ComposeNode node) => node is SequenceNode list
        ? new SequenceNode(node.At, list.Items.SelectMany(item => item is ScalarNode scalar ? Parsed(item, () => ShortPort.Expand(item.At, scalar.Value).ToList()) : [item]), node.Tag)
        : throw ComposeException.At(node.At, "ports", $"must be a list, not {node.Kind}");

    private ComposeNode ProjectFile(ComposeNode node) =>
        Fields(node, new(StringComparer.Ordinal) { ["file"] = AbsolutePath, ["labels"] = ToMapping });

    private static ComposeNode Resource(ComposeNode node) => Fields(node, new(StringComparer.Ordinal) { ["labels"] = ToMapping });

    private ComposeNode AbsolutePath(ComposeNode node) => node is ScalarNode { IsNull: false } scalar
        ? new ScalarNode(node.At, HostPath.Resolve(scalar.Value, directory, lookup), isPlain: false, node.Tag)
        : node;

    private static T Parsed<T>(ComposeNode node, Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (FormatException exception)
        {
            throw ComposeException.At(node.At, "", exception.Message);
        }
    }
}
