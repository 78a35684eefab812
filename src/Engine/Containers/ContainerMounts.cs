using Argosy.Core;
using Argosy.Engine.Containers.Model;
using Argosy.Images.Content;
using Argosy.Networks;
using Argosy.Runtime;

namespace Argosy.Engine.Containers;

/// <summary>A container's mounts: settled when it is made, put in place when it starts, given back when it ends.</summary>
public sealed class ContainerMounts(ContainerTable table, ContainerFiles files, ContainerVolumes volumes, ImageMounts images, ContainerLinks links, StagedMounts staged)
{
    private const string SharedMemoryPath = "/dev/shm";

    /// <summary>What keeps the layers of images that are mounted, until the container has its record.</summary>
    internal Leases.Lease Hold() => images.Hold();

    /// <summary>
    /// Settles what a new container mounts: what was asked for, what it takes over from others, and an anonymous volume for
    /// every path that the image declares and nothing covers.
    /// </summary>
    internal async Task<IReadOnlyList<MountPoint>> ResolveAsync(ContainerId id, ContainerSpecification asked, ContainerConfig config, Leases.Lease lease, Rollback undo, CancellationToken cancellationToken)
    {
        List<MountPoint> mounts = [.. asked.Mounts.Select(mount => images.Resolve(mount, lease))];
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

    /// <summary>Fills the volumes that are empty with what the image has at their places; at creation, as dockerd does.</summary>
    /// <param name="mountRoot">Mounts the new container's root; called when there is something to fill.</param>
    internal async Task FillAsync(ContainerId id, IReadOnlyList<MountPoint> mounts, Func<string> mountRoot, Action unmountRoot)
    {
        MountPoint[] empty = [.. mounts.Where(volumes.WantsContent)];
        if (empty.Length == 0)
            return;
        try
        {
            string rootfs = mountRoot();
            foreach (MountPoint mount in empty)
                await volumes.FillAsync(id, mount, rootfs);
        }
        finally
        {
            unmountRoot();
        }
    }

    /// <summary>The container has its record, which counts as the use of its volumes from now on.</summary>
    internal void Recorded(ContainerRecord container)
    {
        foreach (MountPoint mount in container.Mounts.Where(mount => mount.Kind == MountKind.Volume))
            volumes.Recorded(container.Id, mount);
    }

    /// <summary>Makes everything ready for a start, and says it in the OCI runtime's words.</summary>
    internal async Task<IReadOnlyList<MountSpec>> MountAsync(ContainerRecord container, Sandbox? sandbox)
    {
        var result = new List<MountSpec>();
        foreach (MountSpec file in files.Write(container, sandbox))
        {
            if (!Covers(container.Mounts, file.Destination))
                result.Add(file);
        }
        foreach ((int number, MountPoint mount) in container.Mounts.Index())
            result.Add(mount.Kind == MountKind.Tmpfs ? TmpfsMount.Of(mount) : BindMount.Of(mount, await SourceAsync(container.Id, mount, number)));
        if (SharedMemory(container) is { } shared && !Covers(container.Mounts, SharedMemoryPath))
            result.Add(new MountSpec("bind", shared, SharedMemoryPath, ["rbind", "rprivate"]));
        return result;
    }

    private async Task<string> SourceAsync(ContainerId id, MountPoint mount, int number)
    {
        if (mount.Kind == MountKind.Bind)
            return mount.NonRecursive ? staged.MountAlone(id, number, BindMount.Source(mount)) : BindMount.Source(mount);
        if (mount.Kind == MountKind.Image)
            return images.Mount(id, mount, number);
        string data = await volumes.MountAsync(id, mount);
        return mount.SubPath.Length == 0 ? data : staged.MountBelow(id, number, data, mount.SubPath);
    }

    /// <summary>The shared memory that a container shares with others: its own for them, or another's. Null when it is private, the host's, or none.</summary>
    private string? SharedMemory(ContainerRecord container)
    {
        string mode = container.Host.IpcMode;
        if (mode == "shareable")
            return staged.MountSharedMemory(container.Id, container.Host.ShmSize > 0 ? container.Host.ShmSize : 64 << 20);
        if (!mode.StartsWith("container:", StringComparison.Ordinal))
            return null;
        ContainerRecord donor = table.Find(mode["container:".Length..]);
        while (donor.Host.IpcMode.StartsWith("container:", StringComparison.Ordinal))
            donor = table.Find(donor.Host.IpcMode["container:".Length..]);
        return donor.Host.IpcMode == "host" ? SharedMemoryPath : staged.SharedMemoryOf(donor.Id)
            ?? throw EngineException.Conflict(donor.State.IsAlive
                ? $"can't join IPC of container {donor.Id}: non-shareable IPC (hint: use IpcMode:shareable for the donor container)"
                : $"can't join IPC of container {donor.Id}: container {donor.Id} is not running");
    }

    /// <summary>A container has started: those that are linked to it learn its address.</summary>
    internal void RefreshLinked(ContainerRecord started)
    {
        foreach ((ContainerId parent, string line) in links.Parents(started))
            files.ReplaceHost(parent, line);
    }

    /// <summary>Gives back the volumes of a run; idempotent.</summary>
    internal async Task ReleaseAsync(ContainerRecord container)
    {
        staged.Release(container.Id);
        foreach (MountPoint mount in container.Mounts.Where(mount => mount.Kind == MountKind.Volume))
            await volumes.UnmountAsync(container.Id, mount);
    }

    /// <summary>Removes the volumes that were made for this container alone.</summary>
    internal async Task RemoveAnonymousAsync(ContainerRecord container)
    {
        foreach (MountPoint mount in container.Mounts.Where(mount => mount is { Kind: MountKind.Volume, Anonymous: true }))
            await volumes.RemoveUnusedAsync(mount);
    }

    /// <summary>Where on the host the binds and volumes of a stopped container are; memory and images are mounted only while it runs.</summary>
    internal IReadOnlyList<(MountPoint Mount, string HostPath)> HostPaths(ContainerRecord container) =>
    [
        .. container.Mounts
            .Where(mount => mount.Kind is MountKind.Bind or MountKind.Volume)
            .Select(mount => (mount, mount.Kind == MountKind.Bind ? mount.Source : volumes.PathOf(mount)))
            .Where(entry => Directory.Exists(entry.Item2)),
    ];

    /// <summary>Where a volume's data is on the host; empty when the volume is gone.</summary>
    public string VolumePath(MountPoint mount) => volumes.PathOf(mount);

    private IEnumerable<MountPoint> TakeOver(string reference)
    {
        if (reference.Length == 0)
            throw EngineException.Invalid("volumes-from specification cannot be an empty string");
        string[] parts = reference.Split(':', 2);
        string mode = parts.Length > 1 ? parts[1] : "rw";
        if (mode.Split(',') is var words && (!words.All(word => word is "ro" or "rw" or "z" or "Z") || words.Count(word => word is "ro" or "rw") > 1))
            throw EngineException.Invalid($"invalid mode: {mode}");
        if (!table.TryFind(parts[0], out ContainerRecord? other))
            throw EngineException.Invalid($"No such container: {parts[0]}");
        return other.Mounts
            .Where(mount => mount.Kind != MountKind.Tmpfs)
            // The volume is what its first container made of it: this one's image adds nothing.
            .Select(mount => mount with { ReadOnly = mount.ReadOnly || words.Contains("ro"), Anonymous = false, NoCopy = true });
    }

    private static bool Covers(IReadOnlyList<MountPoint> mounts, string destination) =>
        mounts.Any(mount => mount.Destination == destination.TrimEnd('/'));
}
