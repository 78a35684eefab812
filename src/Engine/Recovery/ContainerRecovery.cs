using Argosy.Core;
using Argosy.Engine.Containers;
using Argosy.Engine.Containers.Model;
using Argosy.Engine.Health;
using Argosy.Engine.Logs;
using Argosy.Images.Records;
using Argosy.Images.Snapshots;
using Argosy.Networks;
using Argosy.Runtime;
using Microsoft.Extensions.Logging;

namespace Argosy.Engine.Recovery;

/// <summary>
/// Makes database, conmon's files, mounts and network agree when the daemon starts, whatever a crash or a reboot has left:
/// what runs is adopted, what ended is recorded, what was half done is finished or undone.
/// </summary>
public sealed partial class ContainerRecovery(
    ContainerTable table,
    ContainerLifecycle lifecycle,
    HealthMonitor health,
    LogKeeper logs,
    ConmonLoss conmons,
    OciRuntime runtime,
    NetworkManager networks,
    ISnapshotter snapshots,
    StagedMounts staged,
    IEnumerable<IStartOrder> orders,
    InterruptedContainers interrupted,
    DaemonPaths paths,
    TimeProvider clock,
    ILogger<ContainerRecovery> logger)
{
    /// <summary>Exit code of a container whose end nobody has seen: the host went down with it. dockerd says the same.</summary>
    private const int LostExitCode = 255;

    /// <summary>Runs once, before the API listens and before exits are taken.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Dictionary<ContainerId, RuntimeState> found = runtime.ListOnDisk().ToDictionary(state => state.Id);
        ContainerId[] alive = [.. found.Values.Where(state => state is { IsAlive: true, IsStarted: true } && table.TryGet(state.Id, out ContainerRecord? record) && !record.Hidden).Select(state => state.Id)];
        await networks.ReconcileAsync(alive, cancellationToken);
        foreach (ContainerRecord container in table.All.ToArray())
            await RecoverAsync(container, found.GetValueOrDefault(container.Id));
        foreach (ContainerId stray in found.Keys.Where(id => !table.TryGet(id, out _)))
            await runtime.DeleteAsync(stray);
        staged.ReleaseStrays(id => table.TryGet(id, out _));
        await RemoveUncommittedAsync();
        LogRecovered(logger, table.All.Count, alive.Length);
    }

    /// <summary>Starts what its restart policy wants running. Call when the API listens.</summary>
    public async Task StartWantedAsync()
    {
        foreach (ContainerRecord container in table.All.Where(container => WantsStart(container) && !IsGoverned(container)).ToArray())
        {
            try
            {
                await lifecycle.StartAsync(container.Id.Value, CancellationToken.None);
            }
            catch (EngineException exception)
            {
                LogNotStarted(logger, container.Id, exception.Message);
            }
        }
    }

    private async Task RecoverAsync(ContainerRecord container, RuntimeState? found)
    {
        try
        {
            using IDisposable held = await table.LockAsync(container.Id);
            bool runs = found is { IsAlive: true, IsStarted: true };
            if (container.Hidden || container.State.Status == ContainerStatus.Removing)
                await FinishRemovalAsync(container);
            else if (runs)
                await AdoptAsync(container, found!);
            else if (container.State.IsAlive)
                await EndAsync(container, found?.Exit);
            else
                await SettleAsync(container);
        }
        catch (Exception exception)
        {
            // One container that cannot be recovered must not keep the others, and the daemon, from coming back.
            LogFailed(logger, container.Id, exception);
        }
    }

    /// <summary>It ended while no daemon was there. Who governs it starts it in its turn; otherwise its policy does.</summary>
    private async Task EndAsync(ContainerRecord container, ContainerExit? seen)
    {
        ContainerExit exit = seen ?? Lost(container);
        bool governed = IsGoverned(container);
        bool wantsRestart = !container.State.StoppedByUser && (seen is null || container.Host.RestartPolicy.WantsRestart(exit.ExitCode, container.State.RestartCount));
        await lifecycle.EndAsync(container, exit, mayRestart: !governed);
        if (governed && wantsRestart)
            interrupted.Add(container.Id);
    }

    private bool IsGoverned(ContainerRecord container) => orders.Any(order => order.Governs(container));

    /// <summary>A running process is never disturbed; a start that was not acknowledged any more is completed in the record.</summary>
    private async Task AdoptAsync(ContainerRecord container, RuntimeState found)
    {
        if (container.State.Pid != found.Pid || !container.State.IsAlive)
        {
            container = container with { State = container.State with { Status = ContainerStatus.Running, Pid = found.Pid, Error = "", StartedAt = clock.GetUtcNow() } };
            await table.SaveAsync(container);
        }
        logs.Begin(container);
        conmons.Begin(container);
        health.Begin(container, adopted: true);
    }

    /// <summary>Not running, and not meant to: give back what a half-done start may hold, and take up a restart that was pending.</summary>
    private async Task SettleAsync(ContainerRecord container)
    {
        await lifecycle.ReleaseAsync(container);
        if (container.State.Status == ContainerStatus.Restarting)
            lifecycle.ScheduleRestart(container, TimeSpan.Zero);
    }

    private async Task FinishRemovalAsync(ContainerRecord container)
    {
        await lifecycle.ReleaseAsync(container);
        await lifecycle.RemoveLockedAsync(container, removeVolumes: container.Host.AutoRemove || container.Hidden);
    }

    /// <summary>A container directory without a record is a creation that was never committed.</summary>
    private async Task RemoveUncommittedAsync()
    {
        if (!Directory.Exists(paths.Containers))
            return;
        foreach (string directory in Directory.EnumerateDirectories(paths.Containers))
        {
            string key = Path.GetFileName(directory);
            if (!table.TryGet(new ContainerId(key), out _))
                await snapshots.RemoveAsync(key);
        }
    }

    private ContainerExit Lost(ContainerRecord container) => new(container.Id, null, LostExitCode, clock.GetUtcNow(), OomKilled: false);

    private static bool WantsStart(ContainerRecord container) =>
        container.State.Status == ContainerStatus.Exited && container.Host.RestartPolicy.Mode switch
        {
            RestartMode.Always => true,
            RestartMode.UnlessStopped => !container.State.StoppedByUser,
            _ => false,
        };

    [LoggerMessage(EventId = 3301, Level = LogLevel.Information, Message = "recovered {Containers} containers, {Running} of them running")]
    private static partial void LogRecovered(ILogger logger, int containers, int running);

    [LoggerMessage(EventId = 3302, Level = LogLevel.Error, Message = "container {ContainerId} could not be recovered")]
    private static partial void LogFailed(ILogger logger, ContainerId containerId, Exception exception);

    [LoggerMessage(EventId = 3303, Level = LogLevel.Warning, Message = "container {ContainerId} could not be started again: {Reason}")]
    private static partial void LogNotStarted(ILogger logger, ContainerId containerId, string reason);
}
