using Argosy.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Argosy.Stacks;

/// <summary>When the daemon has started, makes the stacks that are up be up again; when it ends, lets their operations finish their steps.</summary>
public sealed partial class StackReconciler(StackManager stacks, StackJobs jobs, ILogger<StackReconciler> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            IReadOnlyList<StackJob> resumed = stacks.ResumeAll();
            await Task.WhenAll(resumed.Select(job => job.Completion)).WaitAsync(stoppingToken);
            LogResumed(logger, resumed.Count);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The daemon ends; the records say what is to be gone on with.
        }
        catch (EngineException exception)
        {
            LogFailed(logger, exception);
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await jobs.DisposeAsync();
    }

    [LoggerMessage(EventId = 6002, Level = LogLevel.Information, Message = "{Stacks} stacks are as they were before")]
    private static partial void LogResumed(ILogger logger, int stacks);

    [LoggerMessage(EventId = 6003, Level = LogLevel.Error, Message = "the stacks could not be taken up again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
