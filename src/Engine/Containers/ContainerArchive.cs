using Argosy.Core;
using Argosy.Engine.Archives;
using Argosy.Engine.Containers.Model;
using Argosy.Images.Snapshots;
using Argosy.Linux.Archives;
using Argosy.Linux.Files;
using Argosy.Runtime;

namespace Argosy.Engine.Containers;

/// <summary>Files in and out of containers as tar streams (Engine API, ContainerArchive), and what differs from the image.</summary>
public sealed class ContainerArchive(ContainerTable table, ISnapshotter snapshots, ContainerMounts mounts, ContainerLifecycle lifecycle)
{
    /// <summary>What is at a path.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotFound"/>.</exception>
    public async Task<PathStatus> StatusAsync(string reference, string path, CancellationToken cancellationToken)
    {
        ContainerRecord container = table.Find(reference);
        using ContainerRoot root = await OpenAsync(container, cancellationToken);
        using RootedPath found = Find(root, container, path);
        return PathArchive.StatusOf(found, path);
    }

    /// <summary>Writes a file, or a directory with everything in it, as a tar.</summary>
    /// <param name="begin">Called with the status before the first byte.</param>
    public async Task ReadAsync(string reference, string path, Func<PathStatus, Stream> begin, CancellationToken cancellationToken)
    {
        ContainerRecord container = table.Find(reference);
        using ContainerRoot root = await OpenAsync(container, cancellationToken);
        using RootedPath found = Find(root, container, path);
        Stream target = begin(PathArchive.StatusOf(found, path));
        await PathArchive.PackAsync(found, path, target, cancellationToken);
        lifecycle.Publish(container, "archive-path");
    }

    /// <summary>Extracts a tar (plain or compressed) into a directory.</summary>
    /// <exception cref="EngineException">The path is no directory, or nothing; or the archive is damaged.</exception>
    public async Task WriteAsync(string reference, string path, Stream tar, ArchiveWrite options, CancellationToken cancellationToken)
    {
        ContainerRecord container = table.Find(reference);
        using ContainerRoot root = await OpenAsync(container, cancellationToken);
        (_, _, bool readOnly) = root.Locate(path);
        if (readOnly || IsReadOnly(container, path))
            throw new EngineException(ErrorKind.Forbidden, container.Host.ReadonlyRootfs ? "container rootfs is marked read-only" : "mounted volume is marked read-only");
        using RootedPath named = Find(root, container, path);
        PathArchive.RequireDirectory(named);
        using RootedPath found = Find(root, container, path.TrimEnd('/') + "/.");
        (uint, uint)? owner = options.OwnedByUser && container.Config.User.Length > 0 && UserLookup.Resolve(root.Path, container.Config.User) is var user ? (user.Uid, user.Gid) : null;
        await PathArchive.ExtractAsync(tar, found.HostPath, new ExtractOptions { Links = LinkPolicy.ResolveInRoot, KeepDirectories = options.KeepDirectories, Owner = owner }, cancellationToken);
        lifecycle.Publish(container, "extract-to-dir");
    }

    /// <summary>The whole file system, without volumes, as a tar.</summary>
    public async Task ExportAsync(string reference, Func<Stream> begin, CancellationToken cancellationToken)
    {
        ContainerRecord container = table.Find(reference);
        using IDisposable held = await table.LockAsync(container.Id, cancellationToken);
        bool alive = table.Get(container.Id).State.IsAlive;
        string root = snapshots.Mount(container.Id.Value);
        try
        {
            await PathArchive.PackAsync(root, "", new PackOptions { WholeSeconds = true }, begin(), cancellationToken);
        }
        finally
        {
            if (!alive)
                snapshots.Unmount(container.Id.Value);
        }
        lifecycle.Publish(container, "export");
    }

    /// <summary>What the container has added, changed and deleted; the empty files that its own /etc files are mounted on are not its work.</summary>
    public IReadOnlyList<FileChange> Changes(string reference)
    {
        IReadOnlyList<FileChange> all = snapshots.Changes(table.Find(reference).Id.Value);
        FileChange[] own = [.. all.Where(change => !(change.Kind == ChangeKind.Added && ContainerFiles.Destinations.Contains(change.Path)))];
        bool etcIsUntouched = own.Length < all.Count && !own.Any(change => change.Path.StartsWith("/etc/", StringComparison.Ordinal));
        return etcIsUntouched ? [.. own.Where(change => change.Path != "/etc")] : own;
    }

    private Task<ContainerRoot> OpenAsync(ContainerRecord container, CancellationToken cancellationToken) =>
        ContainerRoot.OpenAsync(container, table, snapshots, mounts, cancellationToken);

    private static RootedPath Find(ContainerRoot root, ContainerRecord container, string path)
    {
        (string start, string relative, _) = root.Locate(path);
        return RootedPath.TryOpen(start, relative)
            ?? throw EngineException.NotFound($"Could not find the file {path} in container {container.Name}");
    }

    private static bool IsReadOnly(ContainerRecord container, string path)
    {
        MountPoint? mount = container.Mounts
            .Where(mount => path == mount.Destination || path.StartsWith(mount.Destination + "/", StringComparison.Ordinal))
            .MaxBy(mount => mount.Destination.Length);
        return mount?.ReadOnly ?? container.Host.ReadonlyRootfs;
    }
}
