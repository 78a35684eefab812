using System.Collections.Concurrent;
using Argosy.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Argosy.Networks;

/// <summary>
/// Keeps a few network namespaces prepared, because making one costs more than all the rest of a container's network.
/// It owns those in it; one that was taken belongs to the taker.
/// </summary>
internal sealed class NamespacePool(DaemonPaths paths, NetworksOptions options, ILogger<NamespacePool> logger) : BackgroundService
{
    private readonly ConcurrentQueue<PreparedNamespace> ready = new();
    private readonly SemaphoreSlim wanted = new(0);

    /// <summary>A prepared one, or else a new one.</summary>
    internal PreparedNamespace Take()
    {
        if (!ready.TryDequeue(out PreparedNamespace? prepared))
            return Create();
        wanted.Release();
        return prepared;
    }

    /// <summary>Paths of those that wait; they are not stale.</summary>
    internal IReadOnlyCollection<string> Waiting => [.. ready.Select(prepared => prepared.Path)];

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        while (ready.TryDequeue(out PreparedNamespace? prepared))
            prepared.Delete();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        wanted.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            while (true)
            {
                while (ready.Count < options.WarmNamespaces && !stoppingToken.IsCancellationRequested)
                    ready.Enqueue(Create());
                await wanted.WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            // Containers still start: Take makes what is missing and shows its own errors.
            NetworksLog.WarmingFailed(logger, exception);
        }
    }

    private PreparedNamespace Create()
    {
        Directory.CreateDirectory(paths.NetworkNamespaces);
        return PreparedNamespace.Create(Path.Combine(paths.NetworkNamespaces, RandomId.Next()[..16]));
    }
}
