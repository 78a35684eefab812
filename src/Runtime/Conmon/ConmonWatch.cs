using System.Collections.Concurrent;
using Argosy.Core;
using Argosy.Linux.Processes;

namespace Argosy.Runtime.Conmon;

/// <summary>Watches the conmons of running containers: one that dies takes the container's streams with it, and nobody else would tell of the container's end.</summary>
public sealed class ConmonWatch(DaemonPaths paths, ProcessWatcher watcher)
{
    private readonly ConcurrentDictionary<ContainerId, IDisposable> watches = new();

    /// <summary>Watches the conmon of a container that has just been started or adopted.</summary>
    /// <param name="onEnd">Called once when conmon is gone, however it went: its exit file tells. On a thread of the pool.</param>
    public void Begin(ContainerId id, Action onEnd)
    {
        End(id);
        if (ConmonProcess.Find(new Bundle(paths, id).ConmonPidFile, id.Value) is { } conmon && watcher.Watch(conmon, () => Task.Run(onEnd)) is { } watch)
            watches[id] = watch;
        else
            Task.Run(onEnd);
    }

    /// <summary>Whether the container has no conmon.</summary>
    public bool IsGone(ContainerId id) => ConmonProcess.Find(new Bundle(paths, id).ConmonPidFile, id.Value) is null;

    /// <summary>The container's end has been recorded.</summary>
    public void End(ContainerId id)
    {
        if (watches.TryRemove(id, out IDisposable? watch))
            watch.Dispose();
    }
}
