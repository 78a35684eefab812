using Argosy.Core;

namespace Argosy.Engine.Images;

/// <summary>Knows which containers use an image; the containers' side implements it.</summary>
public interface IImageUsage
{
    /// <summary>The containers, running or not, that were made from this image.</summary>
    IReadOnlyList<ImageUse> UsesOf(Digest imageId);
}
