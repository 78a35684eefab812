using Argosy.Engine.Containers.Model;
using Argosy.Images.Records;
using Argosy.Images.Snapshots;

namespace Argosy.Engine.Containers;

/// <summary>Which containers stand on an image: those made of it, and those made of an image built on it.</summary>
public sealed class ImageAncestry(ImageStore images)
{
    /// <summary>True when the container's image is this one, or has its layers at the bottom.</summary>
    public bool IsAncestor(string reference, ContainerRecord container)
    {
        if (!images.TryResolve(reference, out ImageRecord? image))
            return false;
        return container.ImageId == image.Id.ToString()
            || (image.ChainIds.Count > 0 && container.Layers.Contains(image.ChainIds[^1].ToString()));
    }
}
