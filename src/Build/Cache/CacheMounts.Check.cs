using Argosy.Linux.Files;

namespace Argosy.Build.Cache;

/// <content>Whether records and directories agree, while builds run.</content>
public sealed partial class CacheMounts
{
    /// <summary>How many there are.</summary>
    public int Count => records.All.Count;

    /// <summary>Paths below their directory that no cache mount has and no step is making.</summary>
    public IReadOnlyList<string> FindWithoutRecord() => !Directory.Exists(paths.BuildMounts) ? []
        : [.. Directory.GetFileSystemEntries(paths.BuildMounts).Where(path => IsUnknown(Path.GetFileName(path)) && FileTree.Status(path) is not null)];

    /// <summary>Names of those whose directory is gone.</summary>
    public IReadOnlyList<string> FindWithoutDirectory() => [.. records.Entries.Select(entry => entry.Key).Where(IsLost)];

    /// <summary>Forgets one whose directory is gone: the next step begins with an empty one.</summary>
    /// <returns>False when a step uses it, or it is there again.</returns>
    public async Task<bool> ForgetLostAsync(string name) => IsLost(name) && await RemoveAsync(name);

    // A step has a directory to itself from before it is made until it has a record, and from before its record goes until it is gone.
    private bool IsUnknown(string name)
    {
        lock (gate)
            return !users.ContainsKey(name) && !records.TryGet(name, out _);
    }

    private bool IsLost(string name)
    {
        lock (gate)
            return !users.ContainsKey(name) && records.TryGet(name, out _) && !Directory.Exists(DataOf(name));
    }
}
