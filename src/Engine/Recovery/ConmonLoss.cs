using Argosy.Core;
using Argosy.Engine.Containers;
using Argosy.Engine.Containers.Model;
using Argosy.Runtime;
using Argosy.Runtime.Conmon;
using Microsoft.Extensions.Logging;

namespace Argosy.Engine.Recovery;

/// <summary>
/// Ends containers whose conmon was killed: their output goes nowhere and their exit code will be seen by nobody.
/// dockerd does the same when a shim dies: the process is killed, the exit code is 137, the restart policy decides what comes next.
/// </summary>
public sealed partial class ConmonLoss
{
    private const int KilledExitCode = 137;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ContainerTable table;
    private readonly ContainerLifecycle lifecycle;
    private readonly OciRuntime runtime;
    private readonly ExitWatcher exits;
    private readonly ConmonWatch watch;
    private readonly TimeProvider clock;
    private readonly ILogger<ConmonLoss> logger;

    /// <summary>Follows starts and ends from now on.</summary>
    public ConmonLoss(ContainerTable table, ContainerLifecycle lifecycle, OciRuntime runtime, ExitWatcher exits, ConmonWatch watch, TimeProvider clock, ILogger<ConmonLoss> logger)
    {
        (this.table, this.lifecycle, this.runtime, this.exits, this.watch, this.clock, this.logger) = (table, lifecycle, runtime, exits, watch, clock, logger);
        lifecycle.Started += Begin;
        lifecycle.Ended += container => watch.End(container.Id);
    }

    /// <summary>A container runs, just started or adopted.</summary>
    internal void Begin(ContainerRecord container) => watch.Begin(container.Id, () => _ = HandleAsync(container.Id));

    private async Task HandleAsync(ContainerId id)
    {
        try
        {
            while (!await TrySettleAsync(id))
                await Task.Delay(Pause, clock, CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogFailed(logger, id, exception);
        }
    }

    /// <returns>False when the process does not go: it sits in the kernel, and runs as far as anybody can tell.</returns>
    private async Task<bool> TrySettleAsync(ContainerId id)
    {
        using IDisposable held = await table.LockAsync(id);
        // The usual case: it wrote its exit file and left, and the exit is recorded or about to be.
        if (!table.TryGet(id, out ContainerRecord? container) || !container.State.IsAlive || exits.TryRead(id) is not null)
            return true;
        // It may have been started again since, with a conmon that lives.
        if (!watch.IsGone(id))
            return true;
        if (runtime.IsAlive(id))
        {
            LogLost(logger, id);
            if (!await runtime.KillAsync(id, Pause))
                return false;
        }
        await lifecycle.EndAsync(container, new ContainerExit(id, null, KilledExitCode, clock.GetUtcNow(), OomKilled: false));
        return true;
    }

    [LoggerMessage(EventId = 3401, Level = LogLevel.Warning, Message = "conmon of container {ContainerId} is gone: the container is killed")]
    private static partial void LogLost(ILogger logger, ContainerId containerId);

    [LoggerMessage(EventId = 3402, Level = LogLevel.Error, Message = "the loss of the conmon of container {ContainerId} could not be handled; the next start of the daemon will")]
    private static partial void LogFailed(ILogger logger, ContainerId containerId, Exception exception);
}
