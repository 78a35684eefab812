using System.Threading.Channels;
using Argosy.Linux.Nftables;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Argosy.Networks;

/// <summary>Writes the firewall again whenever someone else changes it; tidies up at the daemon's end.</summary>
internal sealed class NetworksLifetime(NetworkManager manager, TimeProvider time, ILogger<NetworksLifetime> logger) : BackgroundService
{
    /// <summary>Between two of our answers: a program that keeps fighting for our table must not keep the host busy.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

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
        // The kernel tells: nobody lists the ruleset every few seconds to find it as it was.
        using var monitor = new NftablesMonitor(manager.FirewallTable, () => changes.Writer.TryWrite(true));
        try
        {
            await foreach (bool _ in changes.Reader.ReadAllAsync(stoppingToken))
            {
                Restore();
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
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
