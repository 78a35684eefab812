using System.Threading.Channels;
using Argosy.Linux;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Argosy.Networks;

/// <summary>
/// Removes the host's ends of ended containers' pairs that the kernel has not removed itself. It removes a pair with its namespace, but
/// a namespace outlives its container while it has sockets: a connection whose other side no longer answers keeps its last bytes for up to
/// two minutes (tcp(7), tcp_orphan_retries). Removing each pair at once would be simpler and costs every container an RCU grace period.
/// </summary>
internal sealed class LinkSweeper(BridgeDriver bridges, TimeProvider time, ILogger<LinkSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Channel<string> ended = Channel.CreateUnbounded<string>();

    /// <summary>The namespace that this link leads to is about to go.</summary>
    internal void Add(string link)
    {
        if (link.Length > 0)
            ended.Writer.TryWrite(link);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Sweep();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await ended.Reader.WaitToReadAsync(stoppingToken))
            {
                await Task.Delay(Patience, time, stoppingToken);
                Sweep();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private void Sweep()
    {
        while (ended.Reader.TryRead(out string? link))
        {
            try
            {
                bridges.Host.DeleteLink(link);
            }
            catch (LinuxException exception)
            {
                NetworksLog.StaleRemains(logger, "link", link, exception);
            }
        }
    }
}
