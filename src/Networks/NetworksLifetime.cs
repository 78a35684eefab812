using System.Threading.Channels;
using Argosy.Linux;
using Argosy.Linux.Nftables;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Argosy.Networks;

/// <summary>Writes the firewall again whenever someone else changes it; tidies up at the daemon's end.</summary>
internal sealed class NetworksLifetime(NetworkManager manager, TimeProvider time, ILogger<NetworksLifetime> logger) : BackgroundService
{
    /// <summary>
    /// Between two of our answers, longer each time while changes go on: neither a program that fights for our table keeps the host busy, nor
    /// do we, where the kernel's thread ids are not ours (a daemon in a PID namespace) and our own change looks like somebody else's.
    /// </summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200), LongestPause = TimeSpan.FromSeconds(4);

    // One is as good as many: whatever changed, the table is written as a whole.
    private readonly Channel<bool> changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        manager.RemoveUnused();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // The kernel tells: nobody lists the ruleset every few seconds to find it as it was.
            using var monitor = new NftablesMonitor(manager.FirewallTable, () => changes.Writer.TryWrite(true));
            // Between the table's writing, at the daemon's start, and this subscription nobody was told.
            if (manager.IsFirewallMissing())
                changes.Writer.TryWrite(true);
            await AnswerAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        catch (LinuxException exception)
        {
            // Without the kernel's news the daemon does its work; a flushed table comes back with the next change of ours.
            NetworksLog.WatchFailed(logger, exception);
        }
    }

    private async Task AnswerAsync(CancellationToken stoppingToken)
    {
        TimeSpan pause = ShortestPause;
        await foreach (bool _ in changes.Reader.ReadAllAsync(stoppingToken))
        {
            Restore();
            await Task.Delay(pause, time, stoppingToken);
            bool goesOn = changes.Reader.TryPeek(out bool _);
            pause = !goesOn ? ShortestPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private void Restore()
    {
        try
        {
            manager.RestoreFirewall();
        }
        catch (Exception exception)
        {
            NetworksLog.WatchFailed(logger, exception);
            changes.Writer.TryWrite(true);
        }
    }
}
