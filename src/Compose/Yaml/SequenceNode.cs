namespace Argosy.Compose;

/// <summary>A list.</summary>
internal sealed class SequenceNode(Mark at, IEnumerable<ComposeNode> items, MergeTag tag = MergeTag.None) : ComposeNode(at, tag)
{
    internal IReadOnlyList<ComposeNode> Items { get; } = [.. items];

    internal override string Kind => "a list";
}
