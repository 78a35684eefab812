using System.Collections.Concurrent;
using Argosy.Linux.Files;

namespace Argosy.Volumes;

// Whether records and directories agree, while volumes come and go.
public sealed partial class VolumeStore
{
    // What is being filled or removed under a name with a dot: noted before it is made, forgotten after it is gone.
    private readonly ConcurrentDictionary<string, bool> unfinished = new(StringComparer.Ordinal);

    /// <summary>Names below the volumes' directory that no volume has and nobody is making or removing.</summary>
    public async Task<IReadOnlyList<string>> FindWithoutRecordAsync(CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (string path in Entries())
        {
            string name = Path.GetFileName(path);
            // A volume's directory comes before its record and goes after it, under its lock.
            using IDisposable held = await locks.AcquireAsync(name, cancellationToken);
            if (!records.TryGet(name, out _) && !unfinished.ContainsKey(path) && FileTree.Status(path) is not null)
                found.Add(name);
        }
        return found;
    }

    /// <summary>Volumes whose directory is gone.</summary>
    public async Task<IReadOnlyList<string>> FindWithoutDirectoryAsync(CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (VolumeRecord volume in records.All)
        {
            using IDisposable held = await locks.AcquireAsync(volume.Name, cancellationToken);
            if (records.TryGet(volume.Name, out _) && !Directory.Exists(DataPath(volume.Name)))
                found.Add(volume.Name);
        }
        return found;
    }

    /// <summary>Makes the record and the directory of this name agree, as a start does: data gets a volume, a volume gets a directory.</summary>
    /// <returns>Whether there is a volume of that name now.</returns>
    public async Task<bool> MendAsync(string name, CancellationToken cancellationToken)
    {
        using IDisposable held = await locks.AcquireAsync(name, cancellationToken);
        string path = Path.Combine(paths.Volumes, name);
        if (records.TryGet(name, out _))
            MakeDirectory(name);
        else if (name.StartsWith(RemovedPrefix, StringComparison.Ordinal) || name.StartsWith(DraftPrefix, StringComparison.Ordinal))
            FileTree.Remove(path);
        else if (VolumeName.IsOne(name))
            await RecoverAsync(name, path);
        return records.TryGet(name, out _);
    }

    private string[] Entries() => Directory.Exists(paths.Volumes) ? Directory.GetFileSystemEntries(paths.Volumes) : [];
}
