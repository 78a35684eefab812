using System.Collections.Concurrent;
using Argosy.Core;
using Argosy.Linux.Files;
using Argosy.Linux.Rooted;

namespace Argosy.Volumes;

// What is in a volume, without a container: read it, fill a new one, replace it whole.
public sealed partial class VolumeStore
{
    // How many uses of the daemon's own a volume has.
    private readonly ConcurrentDictionary<string, int> uses = new(StringComparer.Ordinal);

    /// <summary>Makes a volume's data available to the daemon itself. It cannot be removed meanwhile.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotFound"/>; or its mount fails.</exception>
    public async Task<VolumeUse> UseAsync(string name, CancellationToken cancellationToken)
    {
        string user = RandomId.Next();
        using IDisposable held = await locks.AcquireAsync(name, cancellationToken);
        string path = await MountLockedAsync(Find(name), user, cancellationToken);
        uses.AddOrUpdate(name, 1, (_, count) => count + 1);
        return new VolumeUse(path, async () =>
        {
            if (uses.AddOrUpdate(name, 0, (_, count) => count - 1) == 0)
                uses.TryRemove(new KeyValuePair<string, int>(name, 0));
            await UnmountAsync(name, user);
        });
    }

    /// <summary>
    /// Makes a new volume with content. It is filled under another name: a crash, or a failure of <paramref name="fill"/>, leaves nothing.
    /// </summary>
    /// <param name="fill">Gets an empty directory; it may change its owner and permissions too.</param>
    /// <exception cref="EngineException"><see cref="ErrorKind.Conflict"/>: there is a volume of that name.</exception>
    public async Task<VolumeRecord> CreateFilledAsync(VolumeRequest request, Func<string, Task> fill, CancellationToken cancellationToken)
    {
        Check(request);
        if (string.IsNullOrEmpty(request.Name))
            throw EngineException.Invalid("a new volume with content needs a name");
        if (request.Options.Count > 0)
            throw EngineException.Invalid("a new volume with content has no driver options: what they mount has its own");
        RequireFree(request.Name);
        string draft = Draft();
        try
        {
            await fill(DataOf(draft));
            // The content before its name, and the name before the answer: a power cut leaves all of it or nothing.
            await disk.FlushAsync();
            using IDisposable held = await locks.AcquireAsync(request.Name, cancellationToken);
            RequireFree(request.Name);
            TakeAwayEmpty(request.Name);
            Directory.Move(draft, Path.Combine(paths.Volumes, request.Name));
            await disk.FlushAsync();
            var volume = new VolumeRecord(request.Name, request.Options, request.Labels, clock.GetUtcNow());
            await records.PutAsync(volume.Name, volume);
            return volume;
        }
        finally
        {
            Finish(draft);
        }
    }

    /// <summary>Replaces everything in a volume in one step; a crash, or a failure of <paramref name="fill"/>, leaves what was there.</summary>
    /// <param name="overwrite">False: only an empty volume is filled.</param>
    /// <param name="fill">Gets an empty directory; it may change its owner and permissions too.</param>
    /// <exception cref="EngineException"><see cref="ErrorKind.Conflict"/>: not empty, or a running container uses it; <see cref="ErrorKind.InvalidArgument"/>: it stands for a mount.</exception>
    public async Task ReplaceAsync(string name, bool overwrite, Func<string, Task> fill, CancellationToken cancellationToken)
    {
        RequireReplaceable(name, overwrite);
        string draft = Draft();
        try
        {
            await fill(DataOf(draft));
            await disk.FlushAsync();
            using IDisposable held = await locks.AcquireAsync(name, cancellationToken);
            RequireReplaceable(name, overwrite);
            FileTree.Exchange(DataOf(draft), DataPath(name));
            await disk.FlushAsync();
        }
        finally
        {
            Finish(draft);
        }
    }

    /// <summary>Makes a new volume with what another holds, by reflinks where the file system has them. It is as consistent as the source is at rest: stop its writers first.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotFound"/>: the source; <see cref="ErrorKind.Conflict"/>: the new name is taken.</exception>
    public async Task<VolumeRecord> CloneAsync(string source, VolumeRequest request, CancellationToken cancellationToken)
    {
        await using VolumeUse use = await UseAsync(source, cancellationToken);
        return await CreateFilledAsync(request, directory => Task.Run(() => TreeCopier.CopyContent(use.Path, "/", directory), cancellationToken), cancellationToken);
    }

    private void RequireFree(string name)
    {
        if (records.TryGet(name, out _))
            throw EngineException.Conflict($"volume {name} already exists");
    }

    /// <summary>A failed creation leaves an empty directory. One with data is somebody's: the next start makes a volume of it.</summary>
    private void TakeAwayEmpty(string name)
    {
        string data = DataPath(name);
        if (Directory.Exists(data) && Directory.EnumerateFileSystemEntries(data).Any())
            throw EngineException.Conflict($"{data} holds data that no volume has: restart the daemon, which makes a volume of it, or move it away");
        FileTree.Remove(Path.Combine(paths.Volumes, name));
    }

    private void RequireReplaceable(string name, bool overwrite)
    {
        if (Find(name).Options.Count > 0)
            throw EngineException.Invalid($"volume {name} stands for a mount: copy into it with volume cp");
        if (usage.RunningUsersOf(name) is { Count: > 0 } users)
            throw EngineException.Conflict($"volume {name} is in use by running containers - [{string.Join(", ", users)}]: stop them first");
        if (!overwrite && Directory.EnumerateFileSystemEntries(DataPath(name)).Any())
            throw EngineException.Conflict($"volume {name} is not empty: empty it first, or ask to replace what it holds");
    }

    private string Draft()
    {
        string draft = Path.Combine(paths.Volumes, DraftPrefix + RandomId.Next());
        unfinished[draft] = true;
        MakeDirectories(draft);
        return draft;
    }

    private void Finish(string draft)
    {
        try
        {
            FileTree.Remove(draft);
        }
        finally
        {
            unfinished.TryRemove(draft, out _);
        }
    }

    private static string DataOf(string directory) => Path.Combine(directory, "_data");
}
