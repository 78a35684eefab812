using System.Globalization;
using Argosy.Build;
using Argosy.Linux.Files;
using Argosy.Linux.Mounts;

namespace Argosy.Engine.Builds;

/// <summary>The secrets of one running step as files, in a file system in memory: they are on no disk, and gone with the step.</summary>
/// <param name="directory">Where it is mounted, when the first secret asks for it.</param>
internal sealed class SecretFiles(string directory) : IDisposable
{
    private int count;

    /// <summary>Unmounts and removes what a killed daemon left.</summary>
    public static void RemoveAll(string parent)
    {
        if (!Directory.Exists(parent))
            return;
        foreach (string path in Directory.EnumerateDirectories(parent))
            Remove(path);
    }

    /// <summary>Writes a secret.</summary>
    /// <returns>The file.</returns>
    public string Write(StepMount.Secret secret)
    {
        string path = NewPath();
        using (var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite, BufferSize = 0 }))
            file.Write(secret.Content.Span);
        FileTree.SetOwnerAndMode(path, secret.User, secret.Group, secret.Permissions);
        return path;
    }

    /// <summary>A path for something else that only the step may see.</summary>
    public string NewPath()
    {
        if (count == 0)
            Mount();
        return Path.Combine(directory, (count++).ToString(CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        if (count > 0)
            Remove(directory);
    }

    private void Mount()
    {
        Directory.CreateDirectory(directory);
        MountCalls.Mount("tmpfs", directory, "tmpfs", MountFlags.NoSetUserId | MountFlags.NoDevices | MountFlags.NoExecute, "mode=0700,size=64m");
    }

    private static void Remove(string path)
    {
        MountCalls.TryUnmount(path, UnmountFlags.NoFollow | UnmountFlags.Detach);
        FileTree.Remove(path);
    }
}
