namespace Argosy.Compose;

/// <summary>Where a node was written.</summary>
internal readonly record struct Mark(string File, int Line)
{
    public override string ToString() => $"{File}:{Line}";
}
