using Argosy.Core;
using Argosy.Engine.Containers.Model;
using Argosy.Engine.Volumes;
using Argosy.Volumes;

namespace Argosy.Engine.Containers;

/// <summary>The volumes of containers, on top of the volume store.</summary>
public sealed class ContainerVolumes(VolumeService service, VolumeUsage usage)
{
    /// <summary>Makes the volume if it is missing; from here on it cannot be removed.</summary>
    internal async Task EnsureAsync(ContainerId id, MountPoint mount, Model.VolumeRequest? asked, Rollback undo, CancellationToken cancellationToken)
    {
        usage.Expect(id, mount.Name);
        undo.Add(() => usage.Forget(id, mount.Name));
        var labels = new Dictionary<string, string>(asked?.Labels ?? new Dictionary<string, string>());
        if (mount.Anonymous)
            labels[VolumeRecord.AnonymousLabel] = "";
        bool existed = service.Store.TryFind(mount.Name, out _);
        await CreateAsync(new Argosy.Volumes.VolumeRequest { Name = mount.Name, Driver = asked?.Driver, Options = asked?.Options ?? new Dictionary<string, string>(), Labels = labels }, cancellationToken);
        if (!existed && mount.Anonymous)
            undo.Add(() => RemoveUnusedAsync(mount));
    }

    /// <summary>With the volume's name before the reason, as dockerd has it.</summary>
    private async Task CreateAsync(Argosy.Volumes.VolumeRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await service.CreateAsync(request, cancellationToken);
        }
        catch (EngineException exception) when (!exception.Message.StartsWith("create ", StringComparison.Ordinal))
        {
            throw new EngineException(exception.Kind, $"create {request.Name}: {exception.Message}", exception);
        }
    }

    /// <summary>The container's record names the volume now: it is not to be expected any more.</summary>
    internal void Recorded(ContainerId id, MountPoint mount) => usage.Forget(id, mount.Name);

    /// <summary>Whether a volume is to be filled with what the image has at its place: it has nothing yet, and nobody said otherwise.</summary>
    internal bool WantsContent(MountPoint mount)
    {
        // The copy is of the volume's root; what a subpath shows is another place.
        if (mount is not { Kind: MountKind.Volume, NoCopy: false, SubPath: "" })
            return false;
        string data = PathOf(mount);
        return !Directory.Exists(data) || !Directory.EnumerateFileSystemEntries(data).Any();
    }

    /// <summary>Fills it.</summary>
    /// <param name="rootfs">The new container's mounted root.</param>
    internal async Task FillAsync(ContainerId id, MountPoint mount, string rootfs)
    {
        await service.Store.MountAsync(mount.Name, id.Value);
        try
        {
            await service.Store.CopyUpAsync(mount.Name, rootfs, mount.Destination);
        }
        finally
        {
            await UnmountAsync(id, mount);
        }
    }

    /// <summary>Makes the volume's data ready for a run.</summary>
    /// <returns>The directory to bind.</returns>
    internal Task<string> MountAsync(ContainerId id, MountPoint mount) => service.Store.MountAsync(mount.Name, id.Value);

    /// <summary>Gives the volume back after a run; idempotent.</summary>
    internal Task UnmountAsync(ContainerId id, MountPoint mount) => service.Store.UnmountAsync(mount.Name, id.Value);

    /// <summary>Removes a volume unless somebody else uses it.</summary>
    internal async Task RemoveUnusedAsync(MountPoint mount)
    {
        try
        {
            await service.RemoveAsync(mount.Name, force: true, CancellationToken.None);
        }
        catch (EngineException exception) when (exception.Kind == ErrorKind.Conflict)
        {
            // Another container took it over (--volumes-from): it goes with that one, or with a prune.
        }
    }

    /// <summary>Where the volume's data is on the host.</summary>
    internal string PathOf(MountPoint mount) => service.Store.DataPath(mount.Name);
}
