using System.Collections.Concurrent;
using Argosy.Engine.Containers;
using Argosy.Engine.Exec;
using Argosy.Runtime;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Argosy.Engine.Recovery;

/// <summary>Takes the ends of containers and execs from the runtime and has them recorded, each in a task of its own: one slow teardown does not hold up the others.</summary>
public sealed partial class ExitLoop(ExitWatcher watcher, ContainerLifecycle lifecycle, ExecService execs, TimeProvider clock, ILogger<ExitLoop> logger) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Task, byte> running = new();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        lifecycle.Ended += container => execs.OnContainerEnded(container.Id);
        try
        {
            await foreach (ContainerExit exit in watcher.Exits.ReadAllAsync(stoppingToken))
                Track(HandleAsync(exit, stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The daemon ends; what is under way is finished first, what is not is found at the next start.
        }
        await Task.WhenAll(running.Keys);
    }

    private void Track(Task work)
    {
        running[work] = 0;
        _ = work.ContinueWith(done => running.TryRemove(done, out _), TaskScheduler.Default);
    }

    /// <summary>A full disk keeps an exit from being recorded, not from having happened: it is tried again until it is, or the daemon ends and the next one finds the exit file.</summary>
    private async Task HandleAsync(ContainerExit exit, CancellationToken stoppingToken)
    {
        for (TimeSpan pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await (exit.ExecId is not null ? execs.OnExitAsync(exit) : lifecycle.OnExitAsync(exit));
                return;
            }
            catch (Exception exception)
            {
                LogFailed(logger, exit.Id, pause.TotalSeconds, exception);
            }
            await Task.Delay(pause, clock, stoppingToken).ContinueWith(static _ => { }, TaskScheduler.Default);
            if (stoppingToken.IsCancellationRequested)
                return;
        }
    }

    [LoggerMessage(EventId = 3201, Level = LogLevel.Error, Message = "the exit of container {ContainerId} could not be handled; once more in {PauseSeconds} s")]
    private static partial void LogFailed(ILogger logger, Core.ContainerId containerId, double pauseSeconds, Exception exception);
}
