using Argosy.Core;
using Microsoft.Extensions.Logging;

namespace Argosy.Networks.Companions;

/// <summary>The loop that keeps a companion there, from the first need to the daemon's end.</summary>
internal sealed class CompanionKeeper<TRequest, TAnswer> : IAsyncDisposable
    where TRequest : CompanionRequest
    where TAnswer : CompanionAnswer
{
    /// <summary>One that lived this long was no failure, whatever ended it.</summary>
    private static readonly TimeSpan Stable = TimeSpan.FromSeconds(10), FirstDelay = TimeSpan.FromMilliseconds(100), LongestDelay = TimeSpan.FromSeconds(5);

    private readonly CompanionFinder<TRequest, TAnswer> finder;
    private readonly Func<CompanionConnection<TRequest, TAnswer>, CancellationToken, Task> serve;
    private readonly Func<string> readLog;
    private readonly string name;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly CancellationTokenSource ending = new();
    private readonly Lock gate = new();
    private Task? loop;
    private volatile bool stopped;

    /// <param name="protocol">Of the kind.</param>
    /// <param name="paths">Where it listens.</param>
    /// <param name="version">The one that it must have.</param>
    /// <param name="starter">Starts it.</param>
    /// <param name="serve">Tells a new one everything, and stays until the connection is lost; fails when it cannot be worked with.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The daemon's log.</param>
    internal CompanionKeeper(CompanionProtocol<TRequest, TAnswer> protocol, DaemonPaths paths, string version, ICompanionStarter starter,
        Func<CompanionConnection<TRequest, TAnswer>, CancellationToken, Task> serve, TimeProvider time, ILogger logger)
    {
        finder = new CompanionFinder<TRequest, TAnswer>(protocol, paths, version, starter, time, logger);
        (this.serve, readLog, name, this.time, this.logger) = (serve, starter.ReadLog, protocol.Kind.Name, time, logger);
    }

    /// <summary>True when one may be there from before.</summary>
    internal bool MayRun => finder.MayRun;

    /// <summary>A companion could not be had, or was of no use; called before the next try.</summary>
    internal event Action? Failed;

    /// <summary>Whether the daemon has no more use for it.</summary>
    internal bool IsStopped => stopped;

    /// <summary>Starts the loop with the first need.</summary>
    internal void Keep()
    {
        lock (gate)
            if (!IsStopped)
                loop ??= Task.Run(KeepAsync);
    }

    /// <summary>Lets the companion go on by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        stopped = true;
        await ending.CancelAsync();
        if (Loop is { } running)
            await running;
    }

    /// <summary>The daemon's end: the companion goes with it when nobody needs it.</summary>
    /// <param name="last">The connection to it, if there is one.</param>
    /// <param name="useless">Nobody does.</param>
    internal async Task StopAsync(CompanionConnection<TRequest, TAnswer>? last, bool useless)
    {
        // Else the loop would take its end for an accident.
        stopped = true;
        if (useless && last is not null)
            await last.EndAsync();
        await DisposeAsync();
        if (useless && Loop is not null)
            await finder.EndAsync();
    }

    private Task? Loop
    {
        get
        {
            lock (gate)
                return loop;
        }
    }

    private async Task KeepAsync()
    {
        for (int failures = 0; !IsStopped;)
        {
            long began = time.GetTimestamp();
            try
            {
                // One that twice did not take what it was told is not asked a third time.
                await ServeAsync(replace: failures > 2);
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                NetworksLog.CompanionFailed(logger, name, readLog(), exception);
                Failed?.Invoke();
            }
            failures = time.GetElapsedTime(began) > Stable ? 1 : failures + 1;
            await Task.Delay(Delay(failures), time, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>After the first failure none: what it serves is away meanwhile.</summary>
    private static TimeSpan Delay(int failures) => failures <= 1 ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(LongestDelay.Ticks, FirstDelay.Ticks << Math.Min(failures - 2, 16)));

    /// <summary>One companion, from its being told everything to its end.</summary>
    private async Task ServeAsync(bool replace)
    {
        await using CompanionConnection<TRequest, TAnswer> connection = await finder.ObtainAsync(replace, ending.Token);
        await serve(connection, ending.Token);
        if (!IsStopped)
            NetworksLog.CompanionLost(logger, name, connection.ProcessId, readLog());
    }
}
