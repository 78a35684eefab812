using System.Globalization;
using Argosy.Core;
using Argosy.Linux.Files;
using Argosy.Linux.Mounts;

namespace Argosy.Engine.Containers;

/// <summary>
/// Mounts that the daemon makes beside a container's root, for the OCI runtime to bind: a /dev/shm that other containers may join,
/// directories below a volume, held by descriptor so that a container's links lead nowhere else, directories without what is mounted
/// below them, and the files of images. They are below the exec root, never below the container's directory, which is removed with everything in it.
/// </summary>
public sealed class StagedMounts(DaemonPaths paths)
{
    private const string SharedMemory = "shm";
    private const string Nothing = "nothing";

    private string Root => Path.Combine(paths.ExecRoot, "mounts");

    /// <summary>Makes the container's shared memory.</summary>
    /// <param name="size">Bytes.</param>
    internal string MountSharedMemory(ContainerId id, long size)
    {
        string target = MakeTarget(id, SharedMemory);
        MountCalls.Mount("shm", target, "tmpfs", MountFlags.NoSetUserId | MountFlags.NoDevices | MountFlags.NoExecute, string.Create(CultureInfo.InvariantCulture, $"mode=1777,size={size}"));
        return target;
    }

    /// <summary>Where a running container's shared memory is; null when it has none to share.</summary>
    internal string? SharedMemoryOf(ContainerId id) =>
        Path.Combine(Root, id.Value, SharedMemory) is var path && MountTable.IsMountPoint(path) ? path : null;

    /// <summary>Makes a directory or file below a volume's root available; whatever links are on the way, it is inside the volume.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> when there is nothing.</exception>
    internal string MountBelow(ContainerId id, int number, string volume, string subPath)
    {
        using ResolvedFile found = ResolvedFile.TryOpen(volume, subPath)
            ?? throw EngineException.Invalid($"cannot access path {Path.Combine(volume, subPath)}: no such file or directory");
        string target = MakeTarget(id, number.ToString(CultureInfo.InvariantCulture), found.IsDirectory);
        MountCalls.Bind(found.HostPath, target, recursive: true);
        return target;
    }

    /// <summary>Makes a file system available without what is mounted below it. Left to crun 1.8, "bind" would be "rbind".</summary>
    internal string MountAlone(ContainerId id, int number, string source)
    {
        string target = MakeTarget(id, number.ToString(CultureInfo.InvariantCulture), Directory.Exists(source));
        MountCalls.Bind(source, target);
        return target;
    }

    /// <summary>Makes an image's files available, or a directory or file of them; read-only.</summary>
    /// <param name="id">The container.</param>
    /// <param name="number">Which of its mounts.</param>
    /// <param name="layers">The directories of its layers, top first.</param>
    /// <param name="subPath">A path below the image's root; empty: the root.</param>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> when there is no such path.</exception>
    internal string MountImage(ContainerId id, int number, IReadOnlyList<string> layers, string subPath)
    {
        string target = MakeTarget(id, string.Create(CultureInfo.InvariantCulture, $"{number}-image"));
        if (layers.Count > 0)
            OverlayMount.MountReadOnly(layers, MakeTarget(id, Nothing), target);
        return subPath.Length == 0 ? target : MountBelow(id, number, target, subPath);
    }

    /// <summary>Takes a container's away; idempotent. Only mounts and empty mount points go: nothing that was mounted is touched.</summary>
    internal void Release(ContainerId id)
    {
        string directory = Path.Combine(Root, id.Value);
        if (!Directory.Exists(directory))
            return;
        foreach (string point in MountTable.Below(directory).Reverse())
            MountCalls.TryUnmount(point, UnmountFlags.NoFollow | UnmountFlags.Detach);
        foreach (string point in Directory.EnumerateFileSystemEntries(directory))
        {
            if (Directory.Exists(point))
                Directory.Delete(point);
            else
                File.Delete(point);
        }
        Directory.Delete(directory);
    }

    /// <summary>Takes away those of containers that there are no more.</summary>
    internal void ReleaseStrays(Func<ContainerId, bool> exists)
    {
        if (!Directory.Exists(Root))
            return;
        foreach (ContainerId id in Directory.EnumerateDirectories(Root).Select(path => new ContainerId(Path.GetFileName(path))).Where(id => !exists(id)))
            Release(id);
    }

    private string MakeTarget(ContainerId id, string name, bool isDirectory = true)
    {
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        string directory = Path.Combine(Root, id.Value);
        Directory.CreateDirectory(directory, Private);
        string target = Path.Combine(directory, name);
        if (isDirectory)
            Directory.CreateDirectory(target);
        else
            File.Create(target).Dispose();
        return target;
    }
}
