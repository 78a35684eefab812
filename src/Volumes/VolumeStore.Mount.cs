using System.Collections.Concurrent;
using Argosy.Core;
using Argosy.Linux.Mounts;
using Argosy.Linux.Rooted;

namespace Argosy.Volumes;

public sealed partial class VolumeStore
{
    private const string HalfCopy = "_copy";

    // No volume's name begins with a dot. What is there under such names after a crash goes.
    private const string RemovedPrefix = ".removed-";
    private const string DraftPrefix = ".draft-";

    // Who has a volume with options mounted. Rebuilt by RecoverAsync after a restart.
    private readonly ConcurrentDictionary<string, HashSet<string>> mounted = new(StringComparer.Ordinal);

    /// <summary>Makes the volume's data available while a container runs. Idempotent for the same user.</summary>
    /// <param name="user">The container's id.</param>
    /// <returns>The directory to bind into the container.</returns>
    public async Task<string> MountAsync(string name, string user, CancellationToken cancellationToken = default)
    {
        using IDisposable held = await locks.AcquireAsync(name, cancellationToken);
        return await MountLockedAsync(Find(name), user, cancellationToken);
    }

    private async Task<string> MountLockedAsync(VolumeRecord volume, string user, CancellationToken cancellationToken)
    {
        string name = volume.Name;
        string data = DataPath(name);
        Directory.CreateDirectory(data);
        if (LocalOptions.Parse(volume.Options) is { } options)
        {
            if (!MountTable.IsMountPoint(data))
                await options.MountAsync(data, cancellationToken);
            mounted.GetOrAdd(name, _ => new HashSet<string>(StringComparer.Ordinal)).Add(user);
        }
        return data;
    }

    /// <summary>The container has ended; the last user's end unmounts.</summary>
    public async Task UnmountAsync(string name, string user)
    {
        using IDisposable held = await locks.AcquireAsync(name);
        if (!mounted.TryGetValue(name, out HashSet<string>? users))
            return;
        users.Remove(user);
        if (users.Count > 0)
            return;
        mounted.TryRemove(name, out _);
        MountCalls.TryUnmount(DataPath(name));
    }

    /// <summary>
    /// Fills an empty volume with what the image has at the place where it is mounted. Call it before the mount is made, with the
    /// volume mounted by <see cref="MountAsync"/>; not for <c>nocopy</c>.
    /// </summary>
    /// <param name="rootfs">The container's mounted root file system.</param>
    /// <param name="destination">Where the volume is mounted in the container.</param>
    public async Task CopyUpAsync(string name, string rootfs, string destination, CancellationToken cancellationToken = default)
    {
        using IDisposable held = await locks.AcquireAsync(name, cancellationToken);
        string data = DataPath(name);
        if (!Directory.Exists(data) || Directory.EnumerateFileSystemEntries(data).Any())
            return;
        if (IsMounted(name))
        {
            TreeCopier.CopyContent(rootfs, destination, data);
            return;
        }
        // Beside it and then into its place: a crash in the middle must not leave a volume that looks filled.
        string copy = Path.Combine(paths.Volumes, name, HalfCopy);
        Linux.Files.FileTree.Remove(copy);
        Directory.CreateDirectory(copy);
        if (TreeCopier.CopyContent(rootfs, destination, copy))
        {
            Directory.Delete(data);
            Directory.Move(copy, data);
        }
        else
        {
            Directory.Delete(copy);
        }
    }

    /// <summary>
    /// Makes records and directories agree. A directory without a record becomes a volume (data is never thrown away because the
    /// database does not know it), half copies and half removed volumes go, mounts that no running container uses are undone.
    /// Call it at start, when running containers have been adopted.
    /// </summary>
    public async Task RecoverAsync()
    {
        Directory.CreateDirectory(paths.Volumes);
        foreach (string directory in Directory.EnumerateDirectories(paths.Volumes))
        {
            string name = Path.GetFileName(directory);
            if (name.StartsWith(RemovedPrefix, StringComparison.Ordinal) || name.StartsWith(DraftPrefix, StringComparison.Ordinal))
                Linux.Files.FileTree.Remove(directory);
            else
                await RecoverAsync(name, directory);
        }
        foreach (VolumeRecord volume in records.All)
            MakeDirectory(volume.Name);
    }

    private async Task RecoverAsync(string name, string directory)
    {
        IReadOnlyList<string> running = usage.RunningUsersOf(name);
        if (running.Count > 0 && MountTable.IsMountPoint(DataPath(name)))
            mounted[name] = [.. running];
        else
            MountCalls.TryUnmount(DataPath(name));
        Linux.Files.FileTree.Remove(Path.Combine(directory, HalfCopy));
        if (records.TryGet(name, out _) || !Directory.Exists(DataPath(name)))
            return;
        bool anonymous = name.Length == 64 && name.All(char.IsAsciiHexDigitLower);
        var labels = new Dictionary<string, string>();
        if (anonymous)
            labels[VolumeRecord.AnonymousLabel] = "";
        await records.PutAsync(name, new VolumeRecord(name, new Dictionary<string, string>(), labels, Directory.GetCreationTimeUtc(directory)));
    }

    private bool IsMounted(string name) => mounted.ContainsKey(name) || MountTable.IsMountPoint(DataPath(name));
}
