namespace Argosy.Compose;

/// <summary>A YAML node that remembers where it came from.</summary>
internal abstract class ComposeNode(Mark at, MergeTag tag)
{
    internal Mark At { get; } = at;

    internal MergeTag Tag { get; } = tag;

    /// <summary>What it is, for error texts.</summary>
    internal abstract string Kind { get; }

    internal bool IsNull => this is ScalarNode { IsPlain: true, Value: "" or "~" or "null" or "Null" or "NULL" };
}
