using Argosy.Core;
using Argosy.Engine.Containers.Model;
using Argosy.Networks;
using Argosy.Runtime;

namespace Argosy.Engine.Containers;

/// <summary>A container's mounts: settled when it is made, put in place when it starts, given back when it ends.</summary>
public sealed class ContainerMounts(ContainerTable table, ContainerFiles files, ContainerVolumes volumes)
{
    /// <summary>
    /// Settles what a new container mounts: what was asked for, what it takes over from others, and an anonymous volume for
    /// every path that the image declares and nothing covers.
    /// </summary>
    internal async Task<IReadOnlyList<MountPoint>> ResolveAsync(ContainerId id, ContainerSpecification asked, ContainerConfig config, Rollback undo, CancellationToken cancellationToken)
    {
        List<MountPoint> mounts = [.. asked.Mounts];
        foreach (MountPoint taken in asked.VolumesFrom.SelectMany(TakeOver))
        {
            if (!Covers(mounts, taken.Destination))
                mounts.Add(taken);
        }
        foreach (string path in config.Volumes)
        {
            if (!Covers(mounts, path))
                mounts.Add(new MountPoint { Kind = MountKind.Volume, Name = RandomId.Next(), Destination = path, Anonymous = true, Mode = "" });
        }
        foreach (MountPoint mount in mounts.Where(mount => mount.Kind == MountKind.Volume))
            await volumes.EnsureAsync(id, mount, asked.Volumes.GetValueOrDefault(mount.Name), undo, cancellationToken);
        return mounts;
    }

    /// <summary>The container has its record, which counts as the use of its volumes from now on.</summary>
    internal void Recorded(ContainerRecord container)
    {
        foreach (MountPoint mount in container.Mounts.Where(mount => mount.Kind == MountKind.Volume))
            volumes.Recorded(container.Id, mount);
    }

    /// <summary>Makes everything ready for a start, and says it in the OCI runtime's words.</summary>
    internal async Task<IReadOnlyList<MountSpec>> MountAsync(ContainerRecord container, string rootfs, Sandbox? sandbox)
    {
        var result = new List<MountSpec>();
        foreach (MountSpec file in files.Write(container, sandbox))
        {
            if (!Covers(container.Mounts, file.Destination))
                result.Add(file);
        }
        foreach (MountPoint mount in container.Mounts)
        {
            result.Add(mount.Kind switch
            {
                MountKind.Bind => Bind(mount),
                MountKind.Tmpfs => MountSpec.Tmpfs(mount.Destination, mount.ReadOnly ? [.. mount.TmpfsOptions, "ro"] : mount.TmpfsOptions),
                _ => MountSpec.Bind(await volumes.MountAsync(container.Id, mount, rootfs), mount.Destination, mount.ReadOnly),
            });
        }
        return result;
    }

    /// <summary>Gives back the volumes of a run; idempotent.</summary>
    internal async Task ReleaseAsync(ContainerRecord container)
    {
        foreach (MountPoint mount in container.Mounts.Where(mount => mount.Kind == MountKind.Volume))
            await volumes.UnmountAsync(container.Id, mount);
    }

    /// <summary>Removes the volumes that were made for this container alone.</summary>
    internal async Task RemoveAnonymousAsync(ContainerRecord container)
    {
        foreach (MountPoint mount in container.Mounts.Where(mount => mount is { Kind: MountKind.Volume, Anonymous: true }))
            await volumes.RemoveUnusedAsync(mount);
    }

    /// <summary>Where on the host the binds and volumes of a stopped container are.</summary>
    internal IReadOnlyList<(MountPoint Mount, string HostPath)> HostPaths(ContainerRecord container) =>
    [
        .. container.Mounts
            .Where(mount => mount.Kind != MountKind.Tmpfs)
            .Select(mount => (mount, mount.Kind == MountKind.Bind ? mount.Source : volumes.PathOf(mount)))
            .Where(entry => Directory.Exists(entry.Item2)),
    ];

    /// <summary>Where a volume's data is on the host; empty when the volume is gone.</summary>
    public string VolumePath(MountPoint mount) => volumes.PathOf(mount);

    private IEnumerable<MountPoint> TakeOver(string reference)
    {
        string[] parts = reference.Split(':');
        bool readOnly = parts.Length > 1 && parts[1] == "ro";
        if (parts.Length > 1 && parts[1] is not ("ro" or "rw" or "z" or "Z"))
            throw EngineException.Invalid($"invalid volumes-from specification: {reference}");
        return table.Find(parts[0]).Mounts
            .Where(mount => mount.Kind != MountKind.Tmpfs)
            .Select(mount => mount with { ReadOnly = mount.ReadOnly || readOnly, Anonymous = false });
    }

    private static bool Covers(IReadOnlyList<MountPoint> mounts, string destination) =>
        mounts.Any(mount => mount.Destination == destination.TrimEnd('/'));

    private static MountSpec Bind(MountPoint mount)
    {
        if (!Path.Exists(mount.Source))
        {
            if (!mount.CreateSource)
                throw EngineException.Invalid($"invalid mount config for type \"bind\": bind source path does not exist: {mount.Source}");
            Directory.CreateDirectory(mount.Source);
        }
        return MountSpec.Bind(mount.Source, mount.Destination, mount.ReadOnly, mount.Propagation.Length > 0 ? mount.Propagation : "rprivate");
    }
}
