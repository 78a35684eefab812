using Argosy.Core;
using Argosy.Engine.Containers.Model;
using Argosy.Images.Content;
using Argosy.Images.Layers;
using Argosy.Images.Records;

namespace Argosy.Engine.Containers;

/// <summary>
/// Mounts of type <c>image</c>: another image's files, read-only. A container keeps the layers that its image had when it was made,
/// whatever becomes of the name; that is why they are in its record, and why the collector asks here.
/// </summary>
public sealed class ImageMounts(ContainerTable table, ImageStore images, LayerStore layers, Leases leases, StagedMounts staged) : IGarbageRoots
{
    /// <summary>What keeps the layers from their choice to the container's record.</summary>
    internal Leases.Lease Hold() => leases.Begin();

    /// <summary>Chooses the layers of a mount; one of another type stays as it is.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotFound"/>: an image that is not here is not pulled, as with dockerd.</exception>
    internal MountPoint Resolve(MountPoint mount, Leases.Lease lease)
    {
        if (mount.Kind != MountKind.Image)
            return mount;
        ImageRecord image = images.Find(mount.Source);
        lease.Add(image.ChainIds);
        if (image.ChainIds.Any(chain => !layers.TryGet(chain, out _)))
            throw EngineException.NotFound($"No such image: {mount.Source}");
        return mount with { Layers = [.. image.ChainIds.Select(chain => chain.ToString())] };
    }

    /// <summary>Puts the files in place for a start.</summary>
    /// <returns>The directory or file to bind.</returns>
    internal string Mount(ContainerId id, MountPoint mount, int number) =>
        staged.MountImage(id, number, [.. mount.Layers.Reverse().Select(chain => layers.PathOf(Digest.Parse(chain)))], mount.SubPath);

    /// <inheritdoc/>
    public IEnumerable<Digest> Referenced() => table.All.SelectMany(container => container.Mounts).SelectMany(mount => mount.Layers).Select(Digest.Parse);
}
