using Argosy.Linux;
using Microsoft.Extensions.Logging;

namespace Argosy.Catalog.Resolver;

// The loop that keeps a resolver there.
internal sealed partial class ResolverClient
{
    /// <summary>One that lived this long was no failure, whatever ended it.</summary>
    private static readonly TimeSpan Stable = TimeSpan.FromSeconds(10), FirstDelay = TimeSpan.FromMilliseconds(100), LongestDelay = TimeSpan.FromSeconds(5), SyncPatience = TimeSpan.FromSeconds(10);

    /// <summary>Starts the loop with the first need. Under the lock.</summary>
    private void Keep()
    {
        if (!stopped)
            loop ??= Task.Run(KeepAsync);
    }

    private async Task KeepAsync()
    {
        for (int failures = 0; !Volatile.Read(ref stopped);)
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
                CatalogLog.ResolverFailed(logger, readLog(), exception);
            }
            failures = time.GetElapsedTime(began) > Stable ? 1 : failures + 1;
            await Task.Delay(Delay(failures), time, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>After the first failure none: names are away meanwhile.</summary>
    private static TimeSpan Delay(int failures) => failures <= 1 ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(LongestDelay.Ticks, FirstDelay.Ticks << Math.Min(failures - 2, 16)));

    /// <summary>One resolver, from its being told everything to its end.</summary>
    private async Task ServeAsync(bool replace)
    {
        await using ResolverConnection connection = await finder.ObtainAsync(replace, ending.Token);
        try
        {
            (Task<ResolverAnswer> told, int count) = Begin(connection);
            ResolverAnswer answer = await told.WaitAsync(SyncPatience, time, ending.Token);
            Synchronised(connection, answer, count);
            await connection.Closed.WaitAsync(ending.Token);
            if (!Volatile.Read(ref stopped))
                CatalogLog.ResolverLost(logger, connection.ProcessId, readLog());
        }
        finally
        {
            lock (gate)
                Forget(connection);
        }
    }

    /// <summary>From here on changes are sent, after the whole.</summary>
    private (Task<ResolverAnswer> Told, int Count) Begin(ResolverConnection connection)
    {
        lock (gate)
        {
            current = connection;
            Core.ContainerId[] silent = [.. wanted.Keys.Where(container => !directory.IsAnswering(container))];
            return (connection.Request(new ResolverRequest.Reset([.. wanted.Values], silent, options.Dns)), wanted.Count);
        }
    }

    private void Synchronised(ResolverConnection connection, ResolverAnswer answer, int count)
    {
        foreach (ServingProblem problem in answer.Problems)
        {
            if (problem.PortTaken)
                CatalogLog.PortTaken(logger, problem.Container.Value);
            else
                CatalogLog.NotServed(logger, problem.Container.Value, problem.Text);
        }
        CatalogLog.ResolverReady(logger, connection.ProcessId, count);
        lock (gate)
            if (current == connection)
                synced.TrySetResult(answer);
    }

    /// <summary>The connection is lost: whoever waits does so for the next one. Under the lock.</summary>
    private void Forget(ResolverConnection? lost)
    {
        if (lost is null || current != lost)
            return;
        current = null;
        if (synced.Task.IsCompleted)
            synced = NewSynced();
    }
}
