using System.Globalization;
using Argosy.Core;
using Argosy.Engine.Containers.Model;
using Argosy.Runtime;
using Microsoft.Extensions.Logging;

namespace Argosy.Engine.Containers;

public sealed partial class ContainerLifecycle
{
    /// <summary>Records the end of a container's process, and does what its policy says. Reports may come twice, and late.</summary>
    internal async Task OnExitAsync(ContainerExit exit)
    {
        using IDisposable held = await table.LockAsync(exit.Id);
        if (!table.TryGet(exit.Id, out ContainerRecord? container))
        {
            await runtime.DeleteAsync(exit.Id);
            return;
        }
        // A report that is read twice may meet the container's next life: its process is alive then.
        if (!container.State.IsAlive || runtime.IsAlive(exit.Id))
            return;
        await EndAsync(container, exit);
    }

    /// <summary>Running to exited, restarting or removed; under the container's lock.</summary>
    /// <param name="mayRestart">False: whatever its policy says, somebody else decides when it starts again.</param>
    internal async Task EndAsync(ContainerRecord container, ContainerExit exit, bool mayRestart = true)
    {
        // The exit file may carry an earlier time than the record of the start that was committed behind it.
        if (exit.At < container.State.StartedAt)
            exit = exit with { At = container.State.StartedAt.Value };
        TimeSpan ran = exit.At - (container.State.StartedAt ?? exit.At);
        bool restart = mayRestart && !container.State.StoppedByUser && container.Host.RestartPolicy.WantsRestart(exit.ExitCode, container.State.RestartCount);
        bool remove = container.Host.AutoRemove && !restarting.ContainsKey(container.Id);
        ContainerRecord ended = container with { State = EndedState(container.State, exit, restart, remove) };
        await table.SaveAsync(ended);
        LogExited(logger, container.Id, exit.ExitCode, (long)ran.TotalMilliseconds);
        if (exit.OomKilled)
            Publish(ended, "oom");
        Publish(ended, "die", ("exitCode", exit.ExitCode.ToString(CultureInfo.InvariantCulture)), ("execDuration", ((long)ran.TotalSeconds).ToString(CultureInfo.InvariantCulture)));
        Ended?.Invoke(ended);
        if (remove && !ended.Mounts.Any(mount => mount.Anonymous))
        {
            await RemoveEndedAsync(ended);
            return;
        }
        await ReleaseAsync(ended);
        if (!restart)
            waits.OnExit(container.Id, exit.ExitCode);
        if (remove)
            await RemoveLockedAsync(ended, removeVolumes: true);
        else if (restart)
            ScheduleRestart(ended, ran);
    }

    /// <summary>
    /// The end of a <c>--rm</c> container: its record, name and network go first and its waiters are told; the runtime's clean-up and
    /// the files follow, still under its lock. A crash in between leaves things without a record, which recovery removes.
    /// </summary>
    private async Task RemoveEndedAsync(ContainerRecord container)
    {
        await sandboxes.TearDownAsync(container.Id);
        await table.DeleteAsync(container);
        Publish(container, "destroy");
        scheduled.TryRemove(container.Id, out _);
        attachments.FailPending(container.Id);
        waits.OnRemoved(container.Id, container.State.ExitCode);
        await logs.EndAsync(container.Id);
        await runtime.DeleteAsync(container.Id);
        await mounts.ReleaseAsync(container);
        await snapshots.RemoveAsync(container.Id.Value);
    }

    /// <summary>Gives back what a run of the container held, in reverse order of its start. Idempotent: recovery calls it too.</summary>
    internal async Task ReleaseAsync(ContainerRecord container)
    {
        var times = new StepTimes(clock);
        await logs.EndAsync(container.Id);
        // The runtime's clean-up is a process of its own and needs nothing of the network: both at once.
        await Task.WhenAll(sandboxes.TearDownAsync(container.Id), runtime.DeleteAsync(container.Id));
        times.Mark("network and runtime");
        await mounts.ReleaseAsync(container);
        snapshots.Unmount(container.Id.Value);
        times.Mark("unmount");
        LogReleased(logger, container.Id, times);
    }

    private static ContainerState EndedState(ContainerState before, ContainerExit exit, bool restart, bool remove) => before with
    {
        Status = restart ? ContainerStatus.Restarting : remove ? ContainerStatus.Removing : ContainerStatus.Exited,
        Pid = 0,
        ExitCode = exit.ExitCode,
        OomKilled = exit.OomKilled,
        FinishedAt = exit.At,
    };

    [LoggerMessage(EventId = 3004, Level = LogLevel.Debug, Message = "container {ContainerId} released: {Times}")]
    private static partial void LogReleased(ILogger logger, ContainerId containerId, StepTimes times);

    [LoggerMessage(EventId = 3001, Level = LogLevel.Information, Message = "container {ContainerId} exited with {ExitCode} after {ElapsedMs} ms")]
    private static partial void LogExited(ILogger logger, ContainerId containerId, int exitCode, long elapsedMs);
}
