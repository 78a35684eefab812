using System.Globalization;
using Argosy.Core;
using Argosy.Engine.Containers.Model;
using Argosy.Images.Snapshots;

namespace Argosy.Engine.Containers;

/// <summary>
/// A container's file system for as long as it is looked at. A running container's is seen through its own mount namespace, so that
/// volumes and tmpfs are there; a stopped one's is mounted, and its lock held so that it does not start underneath.
/// </summary>
public sealed class ContainerRoot : IDisposable
{
    private readonly Action release;
    private readonly IReadOnlyList<(MountPoint Mount, string HostPath)> mounts;

    private ContainerRoot(string path, IReadOnlyList<(MountPoint, string)> mounts, Action release) => (Path, this.mounts, this.release) = (path, mounts, release);

    /// <summary>The root directory on the host.</summary>
    public string Path { get; }

    internal static async Task<ContainerRoot> OpenAsync(ContainerRecord container, ContainerTable table, ISnapshotter snapshots, ContainerMounts mounts, CancellationToken cancellationToken)
    {
        if (container.State.IsAlive)
            return new ContainerRoot($"/proc/{container.State.Pid.ToString(CultureInfo.InvariantCulture)}/root", [], () => { });
        IDisposable held = await table.LockAsync(container.Id, cancellationToken);
        try
        {
            container = table.Get(container.Id);
            if (container.State.IsAlive)
            {
                held.Dispose();
                return new ContainerRoot($"/proc/{container.State.Pid.ToString(CultureInfo.InvariantCulture)}/root", [], () => { });
            }
            string root = snapshots.Mount(container.Id.Value);
            return new ContainerRoot(root, mounts.HostPaths(container), () =>
            {
                snapshots.Unmount(container.Id.Value);
                held.Dispose();
            });
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>The directory to begin at, and the path from there: a path below a volume of a stopped container begins at the volume.</summary>
    internal (string Root, string Path, bool ReadOnly) Locate(string path)
    {
        string absolute = path.StartsWith('/') ? path : "/" + path;
        foreach ((MountPoint mount, string hostPath) in mounts.OrderByDescending(entry => entry.Mount.Destination.Length))
        {
            if (absolute == mount.Destination || absolute.StartsWith(mount.Destination + "/", StringComparison.Ordinal))
                return (hostPath, mount.SubPath + (absolute.Length == mount.Destination.Length ? "/" : absolute[mount.Destination.Length..]), mount.ReadOnly);
        }
        return (Path, absolute, false);
    }

    /// <inheritdoc/>
    public void Dispose() => release();
}
