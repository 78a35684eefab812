namespace Argosy.Compose;

/// <summary>A scalar, kept as text: what type it has is decided by who reads it.</summary>
internal sealed class ScalarNode(Mark at, string value, bool isPlain = false, MergeTag tag = MergeTag.None) : ComposeNode(at, tag)
{
    internal string Value { get; } = value;

    /// <summary>Written without quotes, so that it may be a null, a number or a boolean.</summary>
    internal bool IsPlain { get; } = isPlain;

    internal override string Kind => IsNull ? "null" : "a scalar";
}
