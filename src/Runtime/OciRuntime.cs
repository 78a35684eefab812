using System.Collections.Concurrent;
using Argosy.Core;
using Argosy.Linux.Processes;
using Argosy.Runtime.Conmon;
using Argosy.Runtime.Oci;

namespace Argosy.Runtime;

/// <summary>
/// Containers and execs as processes: an OCI runtime (crun, or runc) behind its command line, with conmon as the parent of each.
/// Callers hold the container's lock; what must survive the daemon is on disk.
/// </summary>
public sealed partial class OciRuntime : IDisposable
{
    private readonly DaemonPaths paths;
    private readonly ExitWatcher exits;
    private readonly HostCgroups cgroups;
    private readonly RuntimeBinaries runtimes;
    private readonly ConmonLauncher conmon;
    private readonly OciSpecBuilder specs;
    private readonly TimeSpan attachPatience;

    // Made before the exec began (ExecSpec.Attach), until their client comes for them.
    private readonly ConcurrentDictionary<(ContainerId, string), Attachment> early = new();

    /// <summary>Looks for nothing on the host yet: a missing program shows when it is needed.</summary>
    public OciRuntime(DaemonPaths paths, RuntimeOptions options, ExitWatcher exits)
    {
        (this.paths, this.exits, attachPatience) = (paths, exits, options.AttachPatience);
        cgroups = new HostCgroups();
        runtimes = new RuntimeBinaries(paths, options, cgroups);
        conmon = new ConmonLauncher(options);
        specs = new OciSpecBuilder(paths, new SeccompProfiles(options), cgroups);
    }

    /// <summary>The default OCI runtime's name, for /info.</summary>
    public string DefaultRuntime => runtimes.DefaultName;

    /// <summary>Refuses a runtime that is not there; empty is the default one.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/>.</exception>
    public void CheckName(string name) => runtimes.Resolve(name);

    /// <summary>Whether the container's first process exists (created, running or paused).</summary>
    public bool IsAlive(ContainerId id) => Bundle(id).Init?.IsAlive() == true;

    /// <summary>The first process's pid; 0 when it does not exist.</summary>
    public int GetPid(ContainerId id) => Bundle(id).Init is { } init && init.IsAlive() ? init.Pid : 0;

    /// <summary>All containers that have a bundle, for recovery.</summary>
    public IReadOnlyList<RuntimeState> ListOnDisk() =>
        Directory.Exists(paths.Bundles)
            ? [.. Directory.EnumerateDirectories(paths.Bundles).Select(path => State(Bundle(new ContainerId(Path.GetFileName(path)))))]
            : [];

    /// <summary>The daemon stops: where no container is left, the cgroup that held them goes too.</summary>
    public void Dispose() => CgroupTree.RemoveIfEmpty(cgroups.Root, paths.InstanceName);

    private RuntimeState State(Bundle bundle)
    {
        ProcessIdentity? init = bundle.Init;
        bool alive = init?.IsAlive() == true;
        bool waiting = bundle.Runtime is not { } path || File.Exists(runtimes.At(path).StartFifo(bundle.Id.Value));
        return new RuntimeState(bundle.Id, init?.Pid ?? 0, alive, !waiting, exits.TryRead(bundle.Id));
    }

    private Bundle Bundle(ContainerId id) => new(paths, id);

    private RuntimeBinary RuntimeOf(Bundle bundle) =>
        bundle.Runtime is { } path ? runtimes.At(path) : throw NotRunning(bundle.Id);

    private static EngineException NotRunning(ContainerId id) => EngineException.Conflict($"container {id} is not running");
}
