using Argosy.Core;

namespace Argosy.Engine.Images;

/// <summary>A file system that is to become an image.</summary>
public sealed record ImportRequest
{
    /// <summary>The name it gets; null for none.</summary>
    public ImageReference? Name { get; init; }

    /// <summary>The comment in its history; null for Docker's.</summary>
    public string? Message { get; init; }

    /// <summary>Dockerfile instructions that describe its configuration.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>What machine it is for; null for this one.</summary>
    public Platform? Platform { get; init; }
}
