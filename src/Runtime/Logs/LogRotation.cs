using System.Collections.Concurrent;
using Argosy.Core;
using Argosy.Linux.Processes;
using Microsoft.Extensions.Logging;

namespace Argosy.Runtime.Logs;

/// <summary>
/// Holds the logs of running containers to their limits. A container that writes nothing costs nothing: its log is watched by inotify
/// until it is written to, then left alone for a while, then measured. docs/design/logs.md has the protocol with conmon.
/// </summary>
public sealed partial class LogRotation(DaemonPaths paths, FileWatcher watcher, TimeProvider clock, ILogger<LogRotation> logger) : IAsyncDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>What a full disk or the like is given to get better.</summary>
    private static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<ContainerId, Watch> watches = new();

    // Compressing is work for a processor; all logs together get one.
    private readonly SemaphoreSlim packing = new(1);

    /// <summary>A container runs: watch its log, and finish what an earlier daemon has begun with it.</summary>
    public void Begin(ContainerId id, string path, LogLimits limits)
    {
        var watch = new Watch();
        if (!watches.TryAdd(id, watch))
            return;
        var rotor = new LogRotor(new LogFiles(path), limits, new Bundle(paths, id), packing, clock);
        watch.Loop = KeepAsync(id, path, limits, rotor, watch.Stop.Token);
    }

    /// <summary>It has ended, or is to be removed. When this is done nothing touches its files any more.</summary>
    public async Task EndAsync(ContainerId id)
    {
        if (!watches.TryRemove(id, out Watch? watch))
            return;
        await watch.Stop.CancelAsync();
        await watch.Loop;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (ContainerId id in watches.Keys)
            await EndAsync(id);
        packing.Dispose();
    }

    private async Task KeepAsync(ContainerId id, string path, LogLimits limits, LogRotor rotor, CancellationToken cancellationToken)
    {
        await Task.Yield();
        bool settled = false;
        (long size, DateTimeOffset at) = (0, clock.GetUtcNow());
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (!settled)
                    await rotor.FinishAsync(cancellationToken);
                settled = true;
                // Watched before it is measured: what is written behind the measuring wakes us.
                using Written written = new(watcher, path);
                long before = size;
                size = new FileInfo(path).Length;
                if (size >= limits.MaxSize)
                {
                    if (!await rotor.RotateAsync(cancellationToken))
                        await Task.Delay(LongestPause, clock, cancellationToken);
                    continue;
                }
                TimeSpan pause = Pause(limits.MaxSize - size, size - before, clock.GetUtcNow() - at);
                at = clock.GetUtcNow();
                await written.Task.WaitAsync(cancellationToken);
                await Task.Delay(pause, clock, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                if (!Path.Exists(path))
                    return;
                LogFailed(logger, id, exception.Message);
                settled = false;
                await Task.Delay(FailurePause, clock, cancellationToken).ContinueWith(static _ => { }, TaskScheduler.Default);
            }
        }
    }

    /// <summary>Half the time in which it would be full at the pace of late.</summary>
    private static TimeSpan Pause(long room, long grown, TimeSpan took)
    {
        if (grown <= 0)
            return ShortestPause;
        double seconds = room / (grown / Math.Max(took.TotalSeconds, 0.001)) / 2;
        return TimeSpan.FromSeconds(Math.Clamp(seconds, ShortestPause.TotalSeconds, LongestPause.TotalSeconds));
    }

    [LoggerMessage(EventId = 2101, Level = LogLevel.Warning, Message = "the log of container {ContainerId} cannot be rotated, it grows on: {Reason}")]
    private static partial void LogFailed(ILogger logger, ContainerId containerId, string reason);

    private sealed class Watch
    {
        public CancellationTokenSource Stop { get; } = new();

        public Task Loop { get; set; } = Task.CompletedTask;
    }

    /// <summary>Done when the file is written to; one event is enough, the kernel is asked for no more.</summary>
    private sealed class Written : IDisposable
    {
        private readonly TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly IDisposable watch;

        public Written(FileWatcher watcher, string path) => watch = watcher.Watch(path, (_, _) =>
        {
            if (source.TrySetResult())
                _ = System.Threading.Tasks.Task.Run(Dispose);
        });

        public Task Task => source.Task;

        public void Dispose() => watch.Dispose();
    }
}
