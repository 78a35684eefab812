using Shop.Common.Hosting;

namespace Shop.Fulfilment;

/// <summary>Takes one task after the other from the queue.</summary>
internal sealed partial class Worker(FulfilmentQueue queue, WorkerOptions options, TimeProvider time, ILogger<Worker> logger)
    : PeriodicService(time, options.Pause, logger)
{
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (await queue.DoNextAsync(cancellationToken) is not { } done)
            return false;

        if (done.Duplicate)
            ShippedBefore(logger, done.OrderNumber);
        else
            Done(logger, done.Step, done.OrderNumber, options.Name);
        return true;
    }

    [LoggerMessage(EventId = 9201, Level = LogLevel.Information, Message = "{Step} done for order {OrderNumber} by {Worker}")]
    private static partial void Done(ILogger logger, string step, string orderNumber, string worker);

    [LoggerMessage(EventId = 9202, Level = LogLevel.Error, Message = "order {OrderNumber} was shipped before: the second shipment was stopped")]
    private static partial void ShippedBefore(ILogger logger, string orderNumber);
}
