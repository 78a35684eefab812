using Argosy.Core;
using Argosy.Engine.Containers.Model;
using Argosy.Runtime;

namespace Argosy.Engine.Containers;

/// <summary>Mounts of memory in the OCI runtime's words, with dockerd's rules for their options.</summary>
internal static class TmpfsMount
{
    // Pairs of which the later one wins.
    private static readonly string[][] Flags =
    [
        ["exec", "noexec"], ["suid", "nosuid"], ["dev", "nodev"], ["ro", "rw"], ["sync", "async"], ["atime", "noatime"], ["diratime", "nodiratime"],
        ["relatime", "norelatime"], ["strictatime", "nostrictatime"], ["bind", "rbind"], ["mand", "nomand"], ["dirsync"], ["defaults"],
        ["private", "rprivate", "shared", "rshared", "slave", "rslave", "unbindable", "runbindable"],
    ];

    private static readonly string[] Values = ["size", "mode", "uid", "gid", "nr_inodes", "nr_blocks", "mpol"];

    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/>: an option that tmpfs does not have.</exception>
    internal static MountSpec Of(MountPoint mount)
    {
        List<string> options = [];
        foreach (string option in (IEnumerable<string>)["noexec", "nosuid", "nodev", .. mount.TmpfsOptions, .. mount.ReadOnly ? ["ro"] : Array.Empty<string>()])
        {
            string[]? group = Flags.FirstOrDefault(flags => flags.Contains(option));
            string key = option.Split('=', 2)[0];
            if (group is null && !(option.Contains('=', StringComparison.Ordinal) && Values.Contains(key)))
                throw EngineException.Invalid($"invalid tmpfs option [\"{option}\"]");
            options.RemoveAll(earlier => group is null ? earlier.StartsWith(key + "=", StringComparison.Ordinal) : group.Contains(earlier));
            options.Add(option);
        }
        return new MountSpec("tmpfs", "tmpfs", mount.Destination, options);
    }
}
