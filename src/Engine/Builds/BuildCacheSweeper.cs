using System.Threading.Channels;
using Argosy.Build.Cache;
using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Linux;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Argosy.Engine.Builds;

/// <summary>Keeps the build cache within the policy's bounds: looks after builds, at most once a minute.</summary>
public sealed partial class BuildCacheSweeper(
    BuildCache cache, GarbageCollector collector, BuildCachePolicy policy, DaemonPaths paths, TimeProvider clock, ILogger<BuildCacheSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    // One request stands for all: what is dropped was asked for already.
    private readonly Channel<bool> asked = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Bytes of the data root's disk that are free.</summary>
    internal long FreeSpace => new DriveInfo(paths.DataRoot).AvailableFreeSpace;

    /// <summary>Says that the cache may have grown.</summary>
    internal void Ask() => asked.Writer.TryWrite(true);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (policy.Rules.Count == 0)
            return;
        await foreach (bool _ in asked.Reader.ReadAllAsync(stoppingToken))
        {
            await SweepAsync();
            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    private async Task SweepAsync()
    {
        try
        {
            int deleted = 0;
            foreach (BuildCacheRule rule in policy.Rules)
                deleted += (await cache.PruneAsync(rule.ToPrune(clock.GetUtcNow(), FreeSpace))).Count;
            if (deleted > 0)
                LogCollected(logger, deleted, await collector.CollectAsync());
        }
        catch (Exception exception) when (exception is LinuxException or IOException or UnauthorizedAccessException)
        {
            // It is tried again after the next build.
            LogFailed(logger, exception);
        }
    }

    [LoggerMessage(EventId = 4110, Level = LogLevel.Information, Message = "build cache: {Records} records collected, {Bytes} bytes of layers freed")]
    private static partial void LogCollected(ILogger logger, int records, long bytes);

    [LoggerMessage(EventId = 4111, Level = LogLevel.Warning, Message = "build cache: collecting failed")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
