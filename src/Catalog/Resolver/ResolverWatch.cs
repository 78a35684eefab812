using Argosy.Catalog.Dns;

namespace Argosy.Catalog.Resolver;

/// <summary>
/// Keeps the resolver from outliving its use: without a daemon it looks every few seconds whether a process still lives in one of its
/// containers' namespaces, and whether its socket is still where the next daemon will look for it.
/// </summary>
internal sealed class ResolverWatch(ResolverServer server, ResolverSocket socket, DnsServer dns, TimeProvider time)
{
    /// <summary>How many looks in a row find no use before it is over: a daemon that restarts is back by then.</summary>
    private const int Looks = 2;

    internal static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>Returns when the resolver serves nobody any more.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        for (int useless = 0; useless < Looks && await timer.WaitForNextTickAsync(cancellationToken);)
        {
            await dns.RetryAsync();
            useless = server.HasDaemon || (socket.IsInPlace && await dns.HasUsersAsync()) ? 0 : useless + 1;
        }
    }
}
