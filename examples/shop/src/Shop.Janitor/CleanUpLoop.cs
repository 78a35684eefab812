using Shop.Carts;
using Shop.Common.Hosting;

namespace Shop.Janitor;

/// <summary>Clears away what customers leave behind: forgotten carts, old sessions, goods held for nobody.</summary>
internal sealed partial class CleanUpLoop(
    CartStore carts,
    SessionStore sessions,
    ReservationSweep reservations,
    JanitorOptions options,
    TimeProvider time,
    ILogger<CleanUpLoop> logger)
    : PeriodicService(time, options.Pause, logger)
{
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        // The database first: goods that nobody can buy hurt more than keys that nobody reads.
        int pieces = await reservations.ReleaseExpiredAsync(cancellationToken);
        var forgotten = await carts.ExpireAsync(options.CartIdle);
        pieces += await reservations.ReleaseCartsAsync(forgotten, cancellationToken);
        int old = (await sessions.ExpireAsync(options.SessionIdle)).Count;
        if (pieces + forgotten.Count + old > 0)
            Swept(logger, forgotten.Count, old, pieces);
        return false;
    }

    [LoggerMessage(EventId = 9301, Level = LogLevel.Information,
        Message = "swept {Carts} carts and {Sessions} sessions, put {Pieces} reserved pieces back")]
    private static partial void Swept(ILogger logger, int carts, int sessions, int pieces);
}
