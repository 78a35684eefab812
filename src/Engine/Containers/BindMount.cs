using Argosy.Core;
using Argosy.Engine.Containers.Model;
using Argosy.Linux.Mounts;
using Argosy.Runtime;

namespace Argosy.Engine.Containers;

/// <summary>Binds, and the directories of volumes, in the OCI runtime's words.</summary>
internal static class BindMount
{
    /// <summary>mount_setattr(2): read-only for a tree and not only for its top.</summary>
    private static readonly Version RecursiveReadOnly = new(5, 12);

    /// <summary>The host path of a bind; made when it is missing and may be.</summary>
    internal static string Source(MountPoint mount)
    {
        if (Path.Exists(mount.Source))
            return mount.Source;
        if (!mount.CreateSource)
            throw EngineException.Invalid($"invalid mount config for type \"bind\": bind source path does not exist: {mount.Source}");
        Directory.CreateDirectory(mount.Source);
        return mount.Source;
    }

    internal static MountSpec Of(MountPoint mount, string source)
    {
        string propagation = mount.Propagation.Length > 0 ? mount.Propagation : "rprivate";
        CheckPropagation(mount.Kind == MountKind.Bind ? mount.Source : source, propagation);
        return new MountSpec("bind", source, mount.Destination, ["rbind", Access(mount, source, Environment.OSVersion.Version), propagation]);
    }

    /// <summary>
    /// Read-only means all that is mounted below too, where the kernel can (dockerd since API 1.44). Below a file there is nothing, and
    /// crun 1.8 opens the target of "rro" as a directory.
    /// </summary>
    private static string Access(MountPoint mount, string source, Version kernel)
    {
        if (!mount.ReadOnly)
            return "rw";
        if (mount.ReadOnlyForceRecursive && kernel < RecursiveReadOnly)
            throw EngineException.Invalid("recursive read-only mounts need Linux 5.12");
        bool recursive = !mount.ReadOnlyNonRecursive && !mount.NonRecursive && kernel >= RecursiveReadOnly && Directory.Exists(source);
        return recursive ? "rro" : "ro";
    }

    /// <summary>What is mounted later on one side can only appear on the other when the source's own mount is shared.</summary>
    private static void CheckPropagation(string source, string propagation)
    {
        if (propagation is "private" or "rprivate")
            return;
        (string point, bool isShared, bool isSlave) = MountTable.PropagationOf(Path.GetFullPath(source));
        if (propagation is "shared" or "rshared" && !isShared)
            throw EngineException.Invalid($"path {source} is mounted on {point} but it is not a shared mount");
        if (!isShared && !isSlave)
            throw EngineException.Invalid($"path {source} is mounted on {point} but it is not a shared or slave mount");
    }
}
