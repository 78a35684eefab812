using System.Diagnostics.CodeAnalysis;
using Argosy.Core;
using Argosy.Linux.Files;
using Argosy.Linux.Mounts;
using Argosy.Store;

namespace Argosy.Volumes;

/// <summary>Named volumes of the local driver: a directory each, and a record of what it is for.</summary>
public sealed partial class VolumeStore(DaemonPaths paths, StateStore state, IVolumeUsage usage, DiskSync disk, TimeProvider clock)
{
    private readonly Collection<VolumeRecord> records = state.Collection("volume", VolumeJson.Default.VolumeRecord);
    private readonly KeyedLock<string> locks = new();

    /// <summary>All volumes, by name.</summary>
    public IReadOnlyList<VolumeRecord> List() => [.. records.All.OrderBy(volume => volume.Name, StringComparer.Ordinal)];

    /// <summary>Looks one up.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out VolumeRecord? volume) => records.TryGet(name, out volume);

    /// <summary>Looks one up that must be there.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotFound"/>.</exception>
    public VolumeRecord Find(string name) =>
        records.TryGet(name, out VolumeRecord? volume) ? volume : throw EngineException.NotFound($"get {name}: no such volume");

    /// <summary>The directory that containers see.</summary>
    public string DataPath(string name) => DataOf(Path.Combine(paths.Volumes, name));

    /// <summary>Whether a container names it.</summary>
    public bool IsInUse(string name) => usage.UsersOf(name).Count > 0;

    /// <summary>How many containers name it.</summary>
    public int CountUsers(string name) => usage.UsersOf(name).Count;

    /// <summary>What its files take, in bytes.</summary>
    public long Measure(string name) => Directory.Exists(DataPath(name)) ? FileTree.Measure(DataPath(name)) : 0;

    /// <summary>Creates a volume; one that exists is returned as it is.</summary>
    /// <returns>The volume, and whether it is new.</returns>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/>: name or options; <see cref="ErrorKind.NotFound"/>: the driver.</exception>
    public async Task<(VolumeRecord Volume, bool IsNew)> CreateAsync(VolumeRequest request, CancellationToken cancellationToken = default)
    {
        Check(request);
        bool anonymous = string.IsNullOrEmpty(request.Name);
        string name = anonymous ? RandomId.Next() : request.Name!;
        using IDisposable held = await locks.AcquireAsync(name, cancellationToken);
        if (records.TryGet(name, out VolumeRecord? existing))
            return (existing, false);
        var labels = new Dictionary<string, string>(request.Labels);
        if (anonymous)
            labels[VolumeRecord.AnonymousLabel] = "";
        // The directory first: a directory without a record is taken over, a record without a directory would be a lie.
        MakeDirectory(name);
        var volume = new VolumeRecord(name, request.Options, labels, clock.GetUtcNow());
        await records.PutAsync(name, volume);
        return (volume, true);
    }

    /// <summary>Removes a volume and its data.</summary>
    /// <param name="force">A missing volume is no error.</param>
    /// <returns>False when it was not there.</returns>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotFound"/>, or <see cref="ErrorKind.Conflict"/> when a container uses it.</exception>
    public async Task<bool> RemoveAsync(string name, bool force, CancellationToken cancellationToken = default)
    {
        using IDisposable held = await locks.AcquireAsync(name, cancellationToken);
        if (force && !records.TryGet(name, out _))
            return false;
        Find(name);
        IReadOnlyList<string> users = usage.UsersOf(name);
        if (users.Count > 0)
            throw EngineException.Conflict($"remove {name}: volume is in use - [{string.Join(", ", users)}]");
        if (mounted.ContainsKey(name) || uses.ContainsKey(name))
            throw EngineException.Conflict($"remove {name}: volume is in use");
        MountCalls.TryUnmount(DataPath(name));
        // Record, name, content: a crash leaves a whole volume, which is taken over again, or one under a name that is finished off.
        await records.DeleteAsync(name);
        string doomed = Path.Combine(paths.Volumes, RemovedPrefix + RandomId.Next());
        unfinished[doomed] = true;
        if (Directory.Exists(Path.Combine(paths.Volumes, name)))
            Directory.Move(Path.Combine(paths.Volumes, name), doomed);
        Finish(doomed);
        return true;
    }

    /// <summary>Removes those that no container uses and that the filter wants.</summary>
    /// <param name="wanted">Which of the unused ones; without <c>all</c> Docker takes anonymous ones only.</param>
    /// <returns>The removed names, and the bytes they took.</returns>
    public async Task<(IReadOnlyList<string> Removed, long Reclaimed)> PruneAsync(Func<VolumeRecord, bool> wanted, CancellationToken cancellationToken = default)
    {
        var removed = new List<string>();
        long reclaimed = 0;
        foreach (VolumeRecord volume in List().Where(wanted))
        {
            if (IsInUse(volume.Name))
                continue;
            // A volume that stands for a mount elsewhere owns no bytes.
            long size = volume.Options.Count > 0 ? 0 : Measure(volume.Name);
            try
            {
                await RemoveAsync(volume.Name, force: true, cancellationToken);
            }
            catch (EngineException exception) when (exception.Kind == ErrorKind.Conflict)
            {
                continue;
            }
            removed.Add(volume.Name);
            reclaimed += size;
        }
        return (removed, reclaimed);
    }

    private static void Check(VolumeRequest request)
    {
        if (request.Driver is { Length: > 0 } driver && driver != "local")
            throw EngineException.NotFound($"error looking up volume plugin {driver}: plugin \"{driver}\" not found");
        if (!string.IsNullOrEmpty(request.Name))
            VolumeName.Check(request.Name);
        LocalOptions.Parse(request.Options);
    }

    private void MakeDirectory(string name) => MakeDirectories(Path.Combine(paths.Volumes, name));

    private void MakeDirectories(string directory)
    {
        const UnixFileMode Traverse = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute;
        Directory.CreateDirectory(paths.Volumes, Traverse);
        Directory.CreateDirectory(directory, Traverse);
        string data = DataOf(directory);
        if (Directory.Exists(data))
            return;
        Directory.CreateDirectory(data);
        FileTree.SetOwnerAndMode(data, 0, 0, 0x1ED);
    }
}
