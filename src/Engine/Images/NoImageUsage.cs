using Argosy.Core;

namespace Argosy.Engine.Images;

/// <summary>For hosts without containers (tests, tools): nothing uses an image.</summary>
public sealed class NoImageUsage : IImageUsage
{
    /// <inheritdoc/>
    public IReadOnlyList<ImageUse> UsesOf(Digest imageId) => [];
}
