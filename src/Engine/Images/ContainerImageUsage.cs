using Argosy.Core;
using Argosy.Engine.Containers;

namespace Argosy.Engine.Images;

/// <summary>Tells from the containers' records which use an image.</summary>
public sealed class ContainerImageUsage(ContainerTable containers) : IImageUsage
{
    /// <inheritdoc/>
    public IReadOnlyList<ImageUse> UsesOf(Digest imageId)
    {
        string id = imageId.ToString();
        return [.. containers.All.Where(container => container.ImageId == id).Select(container => new ImageUse(container.Id, container.State.IsAlive))];
    }
}
