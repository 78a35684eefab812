namespace Argosy.Build;

/// <summary>A build context beside the main one: a directory or an image, one of the two.</summary>
public sealed record NamedContext
{
    /// <summary>A directory that belongs to this build; null for an image.</summary>
    public string? Path { get; init; }

    /// <summary>An image's reference; null for a directory.</summary>
    public string? Image { get; init; }
}
