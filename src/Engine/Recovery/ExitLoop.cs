using System.Collections.Concurrent;
using Argosy.Engine.Containers;
using Argosy.Engine.Exec;
using Argosy.Runtime;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Argosy.Engine.Recovery;

/// <summary>Takes the ends of containers and execs from the runtime and has them recorded, each in a task of its own: one slow teardown does not hold up the others.</summary>
public sealed partial class ExitLoop(ExitWatcher watcher, ContainerLifecycle lifecycle, ExecService execs, ILogger<ExitLoop> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<Task, byte> running = new();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        lifecycle.Ended += container => execs.OnContainerEnded(container.Id);
        try
        {
            await foreach (ContainerExit exit in watcher.Exits.ReadAllAsync(stoppingToken))
                Track(HandleAsync(exit));
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

    private async Task HandleAsync(ContainerExit exit)
    {
        try
        {
            if (exit.ExecId is not null)
                await execs.OnExitAsync(exit);
            else
                await lifecycle.OnExitAsync(exit);
        }
        catch (Exception exception)
        {
            LogFailed(logger, exit.Id, exception);
        }
    }

    [LoggerMessage(EventId = 3201, Level = LogLevel.Error, Message = "the exit of container {ContainerId} could not be handled; the next start of the daemon will")]
    private static partial void LogFailed(ILogger logger, Core.ContainerId containerId, Exception exception);
}
