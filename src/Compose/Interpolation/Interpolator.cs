namespace Argosy.Compose;

/// <summary>Substitutes variables in every scalar of a file; keys are left alone. Bounded, so that nested anchors cannot explode.</summary>
internal sealed class Interpolator
{
    private const int MaximumNodes = 200_000;
    private readonly Template template;
    private int nodes;

    internal Interpolator(Func<string, string?> lookup, Action<string> onMissing) => template = new Template(lookup, onMissing);

    internal MappingNode Apply(MappingNode root) => (MappingNode)Apply(root, "");

    private ComposeNode Apply(ComposeNode node, string path)
    {
        if (++nodes > MaximumNodes)
            throw ComposeException.At(node.At, path, "the file is too large once its anchors are expanded");
        return node switch
        {
            MappingNode mapping => mapping.Select((key, value) => Apply(value, Join(path, key))),
            SequenceNode list => new SequenceNode(list.At, list.Items.Select(item => Apply(item, path)), list.Tag),
            ScalarNode scalar => Apply(scalar, path),
            _ => node,
        };
    }

    private ScalarNode Apply(ScalarNode scalar, string path)
    {
        try
        {
            string value = template.Substitute(scalar.Value);
            return ReferenceEquals(value, scalar.Value) ? scalar : new ScalarNode(scalar.At, value, isPlain: scalar.IsPlain && value.Length > 0, scalar.Tag);
        }
        catch (FormatException exception)
        {
            throw ComposeException.At(scalar.At, path, exception.Message);
        }
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
