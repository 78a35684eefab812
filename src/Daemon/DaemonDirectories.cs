using Argosy.Core;

namespace Argosy.Daemon;

/// <summary>Makes the daemon's directories; nobody but root looks into them, containers reach theirs by mounts.</summary>
internal static class DaemonDirectories
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Passable = Private | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    internal static void Make(DaemonPaths paths)
    {
        // Passable: a client must be able to reach the socket, whose own mode decides who may use it.
        Directory.CreateDirectory(paths.ExecRoot, Passable);
        Directory.CreateDirectory(paths.DataRoot, Passable);
        foreach (string directory in (string[])[paths.Content, paths.Layers, paths.Containers, paths.Volumes, paths.Temporary, paths.Bundles, paths.Exits, paths.NetworkNamespaces])
            Directory.CreateDirectory(directory, Private);
    }
}
