using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Argosy.Networks;

/// <summary>Looks every few seconds whether someone flushed the host's firewall; tidies up at the daemon's end.</summary>
internal sealed class NetworksLifetime(NetworkManager manager, TimeProvider time, ILogger<NetworksLifetime> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(4);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        manager.RemoveUnused();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                Check();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private void Check()
    {
        try
        {
            manager.RestoreFirewall();
        }
        catch (Exception exception)
        {
            NetworksLog.WatchFailed(logger, exception);
        }
    }
}
