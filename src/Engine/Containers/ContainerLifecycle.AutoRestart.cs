using System.Collections.Concurrent;
using Argosy.Core;
using Argosy.Engine.Containers.Model;
using Microsoft.Extensions.Logging;

namespace Argosy.Engine.Containers;

public sealed partial class ContainerLifecycle
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    /// <summary>A run this long was a success: the next restart begins with the shortest delay again.</summary>
    private static readonly TimeSpan StableRun = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<ContainerId, ScheduledRestart> scheduled = new();

    /// <summary>Starts a container again after its back-off: 100 ms, doubled at each failure in a row, one minute at most.</summary>
    internal void ScheduleRestart(ContainerRecord container, TimeSpan ran)
    {
        TimeSpan last = scheduled.TryGetValue(container.Id, out ScheduledRestart? earlier) ? earlier.Delay : TimeSpan.Zero;
        TimeSpan delay = ran >= StableRun || last == TimeSpan.Zero ? FirstDelay : last * 2 < LongestDelay ? last * 2 : LongestDelay;
        var cancellation = new CancellationTokenSource();
        var entry = new ScheduledRestart(delay, cancellation);
        scheduled[container.Id] = entry;
        entry.Work = RestartLaterAsync(container.Id, entry);
    }

    private void CancelScheduledRestart(ContainerId id)
    {
        if (scheduled.TryRemove(id, out ScheduledRestart? entry))
            entry.Cancellation.Cancel();
    }

    private async Task RestartLaterAsync(ContainerId id, ScheduledRestart entry)
    {
        try
        {
            await Task.Delay(entry.Delay, clock, entry.Cancellation.Token);
            using IDisposable held = await table.LockAsync(id, entry.Cancellation.Token);
            if (!table.TryGet(id, out ContainerRecord? container) || container.State.Status != ContainerStatus.Restarting)
                return;
            await StartLockedAsync(container with { State = container.State with { RestartCount = container.State.RestartCount + 1 } });
        }
        catch (OperationCanceledException)
        {
            // Stopped, started or removed by the user meanwhile.
        }
        catch (EngineException exception)
        {
            LogRestartFailed(logger, id, exception.Message);
        }
    }

    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "container {ContainerId} could not be restarted: {Reason}")]
    private static partial void LogRestartFailed(ILogger logger, ContainerId containerId, string reason);

    private sealed class ScheduledRestart(TimeSpan delay, CancellationTokenSource cancellation)
    {
        public TimeSpan Delay { get; } = delay;

        public CancellationTokenSource Cancellation { get; } = cancellation;

        /// <summary>The owner of the delayed work; its exceptions end in it.</summary>
        public Task Work { get; set; } = Task.CompletedTask;
    }
}
