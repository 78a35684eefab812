using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shop.Common.Hosting;

/// <summary>A loop that does a piece of work again and again until the service stops, and survives a failing round.</summary>
public abstract partial class PeriodicService(TimeProvider time, TimeSpan pause, ILogger logger) : BackgroundService
{
    /// <summary>The clock that the loop goes by.</summary>
    protected TimeProvider Time => time;

    /// <summary>One round.</summary>
    /// <returns>True when there is more to do at once, without the pause.</returns>
    protected abstract Task<bool> RunOnceAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                if (!await TryRoundAsync(stoppingToken))
                    await Task.Delay(pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Stopped(logger);
        }
    }

    private async Task<bool> TryRoundAsync(CancellationToken stoppingToken)
    {
        try
        {
            return await RunOnceAsync(stoppingToken);
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            RoundFailed(logger, error.Message);
            return false;
        }
    }

    [LoggerMessage(EventId = 9001, Level = LogLevel.Warning, Message = "round failed, will try again: {Reason}")]
    private static partial void RoundFailed(ILogger logger, string reason);

    [LoggerMessage(EventId = 9002, Level = LogLevel.Information, Message = "loop stopped")]
    private static partial void Stopped(ILogger logger);
}
