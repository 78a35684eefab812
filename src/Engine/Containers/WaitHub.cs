using System.Collections.Concurrent;
using Argosy.Core;

namespace Argosy.Engine.Containers;

/// <summary>Those who wait for a container's next exit or for its removal (Engine API, ContainerWait).</summary>
public sealed class WaitHub
{
    private readonly ConcurrentDictionary<ContainerId, Waiters> waiters = new();

    /// <summary>Done with the exit code when the container exits next.</summary>
    public Task<int> NextExit(ContainerId id) => Of(id).Exit.Task;

    /// <summary>Done with the last exit code when the container has been removed.</summary>
    public Task<int> Removed(ContainerId id) => Of(id).Removal.Task;

    internal void OnExit(ContainerId id, int exitCode)
    {
        if (waiters.TryGetValue(id, out Waiters? entry))
            entry.RenewExit().TrySetResult(exitCode);
    }

    internal void OnRemoved(ContainerId id, int exitCode)
    {
        if (!waiters.TryRemove(id, out Waiters? entry))
            return;
        entry.Exit.TrySetResult(exitCode);
        entry.Removal.TrySetResult(exitCode);
    }

    private Waiters Of(ContainerId id) => waiters.GetOrAdd(id, _ => new Waiters());

    private sealed class Waiters
    {
        private TaskCompletionSource<int> exit = Create();

        public TaskCompletionSource<int> Exit => Volatile.Read(ref exit);

        public TaskCompletionSource<int> Removal { get; } = Create();

        /// <summary>Takes the current exit's source and puts a fresh one in its place for the exit after it.</summary>
        public TaskCompletionSource<int> RenewExit() => Interlocked.Exchange(ref exit, Create());

        private static TaskCompletionSource<int> Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
