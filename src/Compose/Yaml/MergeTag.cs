namespace Argosy.Compose;

/// <summary>Compose's YAML tags, which say how a value meets the one from an earlier file.</summary>
internal enum MergeTag
{
    None,

    /// <summary><c>!reset</c>: the earlier value is removed.</summary>
    Reset,

    /// <summary><c>!override</c>: the earlier value is replaced, not merged.</summary>
    Override,
}
