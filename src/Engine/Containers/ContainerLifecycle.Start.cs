using Argosy.Core;
using Argosy.Engine.Containers.Model;
using Argosy.Networks;
using Argosy.Runtime;
using Microsoft.Extensions.Logging;

namespace Argosy.Engine.Containers;

public sealed partial class ContainerLifecycle
{
    /// <summary>Starts a container. A failed start leaves nothing behind but its error in the record.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotModified"/> when it runs, <see cref="ErrorKind.Conflict"/> when it cannot be started in its state.</exception>
    public async Task StartAsync(string reference, CancellationToken cancellationToken)
    {
        ContainerId id = table.Find(reference).Id;
        using IDisposable held = await table.LockAsync(id, cancellationToken);
        ContainerRecord container = table.Get(id);
        CheckStartable(container);
        CancelScheduledRestart(id);
        // From here on nothing is cancelled: a client that hangs up must not leave half a start.
        await StartLockedAsync(container with { State = container.State with { StoppedByUser = false, RestartCount = 0 } });
    }

    private static void CheckStartable(ContainerRecord container)
    {
        switch (container.State.Status)
        {
            case ContainerStatus.Created or ContainerStatus.Exited:
                return;
            // It counts as running between two restarts.
            case ContainerStatus.Running or ContainerStatus.Restarting:
                throw new EngineException(ErrorKind.NotModified, "container is already running");
            case ContainerStatus.Paused:
                throw EngineException.Conflict("cannot start a paused container, try unpause instead");
            case ContainerStatus.Removing:
                throw EngineException.Conflict("container is marked for removal and cannot be started");
            default:
                throw EngineException.Conflict("container is dead and cannot be started");
        }
    }

    private async Task StartLockedAsync(ContainerRecord container)
    {
        ContainerRecord started;
        try
        {
            started = await BringUpAsync(container);
        }
        catch (Exception exception) when (exception is RuntimeException or EngineException or Linux.LinuxException or IOException)
        {
            throw await RecordFailedStartAsync(container, exception);
        }
        logs.Begin(started);
        mounts.RefreshLinked(started);
        Publish(started, "start");
        Started?.Invoke(started);
    }

    /// <summary>The steps of a start, each with its undo; committed when the process runs.</summary>
    private async Task<ContainerRecord> BringUpAsync(ContainerRecord container)
    {
        ContainerId id = container.Id;
        var times = new StepTimes(clock);
        await using var undo = new Rollback();
        undo.Add(() => runtime.DeleteAsync(id));
        // conmon loads, the network and the file system are made: none needs the other, and each takes a few milliseconds.
        using PendingContainer pending = runtime.Prepare(specs.Streams(container));
        Task<(string? NamespacePath, Sandbox? Sandbox)> network = sandboxes.SetUpAsync(container, CancellationToken.None);
        undo.Add(() => ReleaseNetworkAsync(id, network));
        undo.Add(() => snapshots.Unmount(id.Value));
        string rootfs = snapshots.Mount(id.Value);
        times.Mark("mount");
        (string? namespacePath, Sandbox? sandbox) = await network;
        times.Mark("network");
        undo.Add(() => mounts.ReleaseAsync(container));
        IReadOnlyList<MountSpec> mounted = await mounts.MountAsync(container, sandbox);
        times.Mark("volumes and files");
        // Twice: what runs goes before that on which it runs.
        undo.Add(() => runtime.DeleteAsync(id));
        int pid = await runtime.CreateAsync(specs.Build(container, rootfs, namespacePath, mounted), pending);
        times.Mark("create");
        await attachments.ConnectPendingAsync(id);
        await runtime.StartAsync(id, CancellationToken.None);
        times.Mark("start");
        ContainerRecord started = container with { State = RunningState(container.State, pid) };
        await table.SaveAsync(started);
        times.Mark("commit");
        LogStarted(logger, id, times);
        undo.Commit();
        return started;
    }

    private ContainerState RunningState(ContainerState before, int pid) => before with
    {
        Status = ContainerStatus.Running,
        Pid = pid,
        ExitCode = 0,
        Error = "",
        OomKilled = false,
        StartedAt = clock.GetUtcNow(),
    };

    private async Task ReleaseNetworkAsync(ContainerId id, Task<(string?, Sandbox?)> network)
    {
        await network.ContinueWith(static _ => { }, TaskScheduler.Default);
        await sandboxes.TearDownAsync(id);
    }

    [LoggerMessage(EventId = 3003, Level = LogLevel.Debug, Message = "container {ContainerId} started: {Times}")]
    private static partial void LogStarted(ILogger logger, ContainerId containerId, StepTimes times);

    /// <summary>Keeps the error in the record as dockerd does, and gives the exception to answer with.</summary>
    private async Task<EngineException> RecordFailedStartAsync(ContainerRecord container, Exception exception)
    {
        attachments.FailPending(container.Id);
        (int exitCode, ErrorKind kind) = exception switch
        {
            RuntimeException failure => (failure.SuggestedExitCode, failure.Kind),
            EngineException failure => (128, failure.Kind),
            _ => (128, ErrorKind.Internal),
        };
        ContainerStatus status = container.State.StartedAt is null ? ContainerStatus.Created : ContainerStatus.Exited;
        ContainerRecord failed = container with { State = container.State with { Status = status, Pid = 0, ExitCode = exitCode, Error = exception.Message } };
        await table.SaveAsync(failed);
        waits.OnExit(container.Id, exitCode);
        if (container.Host.AutoRemove)
            await RemoveLockedAsync(failed, removeVolumes: true);
        return new EngineException(kind, exception.Message, exception);
    }
}
