namespace Argosy.Images.Checks;

/// <summary>A file or directory that belongs to nothing.</summary>
internal sealed record Stray(string Path, string Reason, long Bytes);
