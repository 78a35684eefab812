using Argosy.Build.Cache;
using Argosy.Core;
using Argosy.Engine.Containers;
using Argosy.Images.Checks;
using Argosy.Images.Snapshots;
using Argosy.Linux;
using Argosy.Linux.Files;
using Argosy.Volumes;

namespace Argosy.Engine.Checks;

/// <summary>
/// Looks at what lies in the data root beside the image stores: every directory of a container, volume or cache mount has a record,
/// every volume and cache mount has its directory, and there is nothing else. Runs beside everything that makes and removes them.
/// </summary>
public sealed class DataRootCheck(DaemonPaths paths, ContainerTable containers, ISnapshotter snapshots, VolumeStore volumes, CacheMounts caches)
{
    // Files of the database and of deployed applications, contexts of builds (emptied at each start), the lock.
    private static readonly string[] Others = ["state.db", "state.db-wal", "state.db-shm", "argosyd.lock", "tmp", "stacks"];

    /// <summary>Looks at everything, and mends what can be mended if told so.</summary>
    public async Task<DataRootReport> RunAsync(bool repair, CancellationToken cancellationToken)
    {
        List<Fault> faults = [.. ContainerFaults(), .. CacheFaults(), .. await VolumeFaultsAsync(cancellationToken), .. Unknown()];
        for (int i = 0; repair && i < faults.Count; i++)
            faults[i] = await RepairAsync(faults[i], cancellationToken);
        return new DataRootReport
        {
            Volumes = volumes.List().Count,
            VolumeBytes = Sum(paths.Volumes),
            BuildMounts = caches.Count,
            BuildMountBytes = Sum(paths.BuildMounts),
            ContainerBytes = Sum(paths.Containers),
            ImageBytes = Sum(paths.Content) + Sum(paths.Layers),
            OtherBytes = Others.Sum(name => Sum(Path.Combine(paths.DataRoot, name))),
            UnknownBytes = UnknownPaths().Sum(Sum),
            Faults = faults,
        };
    }

    // A container's or build step's record comes before its directory, and goes after it.
    private IEnumerable<Fault> ContainerFaults() => Directory.GetFileSystemEntries(paths.Containers)
        .Where(path => !snapshots.Exists(Path.GetFileName(path)) && !containers.TryGet(new ContainerId(Path.GetFileName(path)), out _) && FileTree.Status(path) is not null)
        .Select(path => Stray(path, "no container has this name"));

    private IEnumerable<Fault> CacheFaults() => caches.FindWithoutRecord().Select(path => Stray(path, "no cache mount has this name"))
        .Concat(caches.FindWithoutDirectory().Select(name => new Fault(FaultKind.LostDirectory, Path.Combine(paths.BuildMounts, name), "the cache mount's directory is not here")));

    private async Task<IEnumerable<Fault>> VolumeFaultsAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> unknown = await volumes.FindWithoutRecordAsync(cancellationToken), lost = await volumes.FindWithoutDirectoryAsync(cancellationToken);
        return unknown.Select(name => Stray(Path.Combine(paths.Volumes, name), "no volume has this name"))
            .Concat(lost.Select(name => new Fault(FaultKind.LostDirectory, Path.Combine(paths.Volumes, name), "the volume's directory is not here")));
    }

    private IEnumerable<Fault> Unknown() => UnknownPaths().Select(path => Stray(path, "nothing of ours has this name"));

    private IEnumerable<string> UnknownPaths()
    {
        // A disk's own directory is nobody's fault.
        string[] known = [.. Others, .. new[] { paths.Content, paths.Layers, paths.Containers, paths.Volumes, paths.BuildMounts }.Select(path => Path.GetFileName(path)), "lost+found"];
        return Directory.GetFileSystemEntries(paths.DataRoot).Where(path => !known.Contains(Path.GetFileName(path)));
    }

    private async Task<Fault> RepairAsync(Fault fault, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string name = Path.GetFileName(fault.Subject), parent = Path.GetDirectoryName(fault.Subject)!;
        try
        {
            if (parent == paths.Volumes)
                return await MendVolumeAsync(fault, name, cancellationToken);
            if (parent == paths.DataRoot)
                return fault with { Repair = "left alone: remove it if it is not yours" };
            if (fault.Kind == FaultKind.LostDirectory)
                return await caches.ForgetLostAsync(name) ? Done(fault, "forgotten: the next build begins with an empty one") : fault with { Repair = "in use" };
            if (parent == paths.Containers)
                await snapshots.RemoveAsync(name);
            FileTree.Remove(fault.Subject);
            return Done(fault, "removed");
        }
        catch (Exception exception) when (exception is IOException or LinuxException or EngineException or UnauthorizedAccessException)
        {
            return fault with { Repair = "could not be repaired: " + exception.Message };
        }
    }

    /// <summary>Data is never thrown away for want of a record: it becomes a volume.</summary>
    private async Task<Fault> MendVolumeAsync(Fault fault, string name, CancellationToken cancellationToken)
    {
        bool isVolume = await volumes.MendAsync(name, cancellationToken);
        if (fault.Kind == FaultKind.LostDirectory)
            return Done(fault, "made anew, empty");
        return isVolume ? Done(fault, "a volume again") : FileTree.Status(fault.Subject) is null ? Done(fault, "removed")
            : fault with { Repair = "left alone: it is no volume; remove it if it is not yours" };
    }

    private static Fault Done(Fault fault, string repair) => fault with { Repair = repair, IsRepaired = true };

    private static Fault Stray(string path, string reason) => new(FaultKind.Stray, path, reason) { Bytes = Sum(path) };

    private static long Sum(string path) => FileTree.SumOfSizes(path, onOneDevice: true);
}
