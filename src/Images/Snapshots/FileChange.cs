namespace Argosy.Images.Snapshots;

/// <summary>A path, from the root, that differs from the image.</summary>
public sealed record FileChange(string Path, ChangeKind Kind);
