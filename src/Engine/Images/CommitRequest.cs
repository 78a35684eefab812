using Argosy.Core;
using Argosy.Images.Manifests;

namespace Argosy.Engine.Images;

/// <summary>A container that is to become an image.</summary>
public sealed record CommitRequest
{
    /// <summary>The container's id or name.</summary>
    public required string Container { get; init; }

    /// <summary>The name the image gets; null for none.</summary>
    public ImageReference? Name { get; init; }

    public string? Comment { get; init; }

    public string? Author { get; init; }

    /// <summary>True: the container stands still meanwhile, if it runs.</summary>
    public bool Pause { get; init; } = true;

    /// <summary>Dockerfile instructions that change the configuration.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>What is set here wins over the container's own configuration.</summary>
    public ImageConfig Config { get; init; } = new();
}
