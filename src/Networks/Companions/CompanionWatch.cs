namespace Argosy.Networks.Companions;

/// <summary>
/// Keeps a companion from outliving its use: without a daemon it looks every few seconds whether it still serves somebody, and whether its
/// socket is still where the next daemon will look for it.
/// </summary>
/// <param name="hasDaemon">Whether a daemon is connected.</param>
/// <param name="socket">Where it listens.</param>
/// <param name="lookAfter">Done at each look, whether there is a daemon or not.</param>
/// <param name="hasUsers">Whether it serves somebody; asked only without a daemon.</param>
/// <param name="time">The clock.</param>
internal sealed class CompanionWatch(Func<bool> hasDaemon, ControlSocket socket, Func<Task> lookAfter, Func<Task<bool>> hasUsers, TimeProvider time)
{
    /// <summary>How many looks in a row find no use before it is over: a daemon that restarts is back by then.</summary>
    private const int Looks = 2;

    internal static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>Returns when the companion serves nobody any more.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        for (int useless = 0; useless < Looks && await timer.WaitForNextTickAsync(cancellationToken);)
        {
            await lookAfter();
            useless = hasDaemon() || (socket.IsInPlace && await hasUsers()) ? 0 : useless + 1;
        }
    }
}
