using Argosy.Core;
using Argosy.Engine.Containers.Model;

namespace Argosy.Engine.Containers;

#pragma warning disable CA1822 // until the volume store lands
/// <summary>The volumes of containers, on top of the volume store.</summary>
public sealed class ContainerVolumes
{
    internal Task EnsureAsync(MountPoint mount, VolumeRequest? request, Rollback undo, CancellationToken cancellationToken) => throw EngineException.NotImplemented($"volume {mount.Name}{request}{undo}{cancellationToken}");

    internal Task<string> MountAsync(ContainerId id, MountPoint mount, string rootfs) => throw EngineException.NotImplemented($"volume {id}{mount.Name}{rootfs}");

    internal Task UnmountAsync(ContainerId id, MountPoint mount) => Task.FromResult((id, mount));

    internal Task RemoveUnusedAsync(MountPoint mount) => throw EngineException.NotImplemented($"volume {mount.Name}");

    internal string PathOf(MountPoint mount) => mount.Name;
}
