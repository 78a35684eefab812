namespace Argosy.Engine.Images;

/// <summary>A name that was taken away, or an image or layer that was deleted; one of both.</summary>
public sealed record RemovedImage(string? Untagged, string? Deleted);
