using System.Collections.Concurrent;
using Argosy.Core;
using Argosy.Linux.Processes;

namespace Argosy.Runtime.Conmon;

/// <summary>Watches the conmons of running containers and execs: one that dies takes the streams with it, and nobody else would tell of the process's end.</summary>
public sealed class ConmonWatch(DaemonPaths paths, ProcessWatcher watcher)
{
    private readonly ConcurrentDictionary<(ContainerId Id, string ExecId), IDisposable> watches = new();

    /// <summary>Watches the conmon of a container that has just been started or adopted.</summary>
    /// <param name="onEnd">Called once when conmon is gone, however it went: its exit file tells. On a thread of the pool.</param>
    public void Begin(ContainerId id, Action onEnd) => Begin((id, ""), new Bundle(paths, id).ConmonPidFile, onEnd);

    /// <summary>The same for an exec that has just been started.</summary>
    public void BeginExec(ContainerId id, string execId, Action onEnd) =>
        Begin((id, execId), Path.Combine(new Bundle(paths, id).ExecDirectory(execId), "conmon.pid"), onEnd);

    /// <summary>Whether the container has no conmon.</summary>
    public bool IsGone(ContainerId id) => ConmonProcess.Find(new Bundle(paths, id).ConmonPidFile, id.Value) is null;

    /// <summary>The container's, or the exec's, end has been recorded.</summary>
    public void End(ContainerId id, string execId = "")
    {
        if (watches.TryRemove((id, execId), out IDisposable? watch))
            watch.Dispose();
    }

    private void Begin((ContainerId Id, string ExecId) key, string pidFile, Action onEnd)
    {
        End(key.Id, key.ExecId);
        if (ConmonProcess.Find(pidFile, key.Id.Value) is { } conmon && watcher.Watch(conmon, () => Task.Run(onEnd)) is { } watch)
            watches[key] = watch;
        else
            Task.Run(onEnd);
    }
}
