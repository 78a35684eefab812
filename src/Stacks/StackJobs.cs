using System.Collections.Concurrent;
using Argosy.Core;
using Microsoft.Extensions.Logging;

namespace Argosy.Stacks;

/// <summary>
/// Runs operations, one at a time for each stack. One that is about the whole stack ends the waits (not the steps) of those before it.
/// </summary>
public sealed partial class StackJobs(ILogger<StackJobs> logger) : IAsyncDisposable
{
    private readonly KeyedLock<string> locks = new();
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<Current>> open = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, byte> running = new();
    private readonly CancellationTokenSource shutdown = new();

    /// <summary>True while an operation on the stack is under way or waits for its turn.</summary>
    internal bool IsBusy(string stack)
    {
        lock (gate)
            return open.ContainsKey(stack);
    }

    /// <summary>Begins an operation. <paramref name="failed"/> records a failure; it is not called when the daemon ends or a newer operation took over.</summary>
    internal StackJob Begin(string stack, string verb, bool supersedes, Func<ProgressLog, CancellationToken, Task> work, Func<string, Task> failed)
    {
        var progress = new ProgressLog();
        var current = new Current(CancellationTokenSource.CreateLinkedTokenSource(shutdown.Token));
        Enter(stack, current, supersedes);
        Task completion = Task.Run(() => RunAsync(stack, verb, current, progress, work, failed));
        running[completion] = 0;
        _ = completion.ContinueWith(done => running.TryRemove(done, out _), TaskScheduler.Default);
        return new StackJob(progress, completion);
    }

    /// <summary>Ends all waits and lets what is in the middle of a step finish it; the records say what is to be gone on with.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!shutdown.IsCancellationRequested)
            await shutdown.CancelAsync();
        await Task.WhenAll(running.Keys);
    }

    private void Enter(string stack, Current current, bool supersedes)
    {
        Current[] older;
        lock (gate)
        {
            List<Current> all = open.TryGetValue(stack, out List<Current>? found) ? found : open[stack] = [];
            older = supersedes ? [.. all] : [];
            all.Add(current);
        }
        foreach (Current one in older)
            one.Supersede();
    }

    private void Leave(string stack, Current current)
    {
        lock (gate)
        {
            List<Current> all = open[stack];
            all.Remove(current);
            if (all.Count == 0)
                open.Remove(stack);
        }
        current.Dispose();
    }

    private async Task RunAsync(string stack, string verb, Current current, ProgressLog progress, Func<ProgressLog, CancellationToken, Task> work, Func<string, Task> failed)
    {
        string? error = null;
        try
        {
            using IDisposable held = await locks.AcquireAsync(stack);
            error = await GuardedAsync(stack, verb, current, progress, work, failed);
        }
        finally
        {
            Leave(stack, current);
            progress.End(error);
        }
    }

    private async Task<string?> GuardedAsync(string stack, string verb, Current current, ProgressLog progress, Func<ProgressLog, CancellationToken, Task> work, Func<string, Task> failed)
    {
        try
        {
            current.Token.ThrowIfCancellationRequested();
            await work(progress, current.Token);
            return null;
        }
        catch (OperationCanceledException) when (current.Token.IsCancellationRequested)
        {
            return shutdown.IsCancellationRequested ? "the daemon is shutting down; it goes on with this when it is back" : "a newer operation on this stack took over";
        }
        catch (Exception exception)
        {
            LogFailed(logger, stack, verb, exception.Message, exception is EngineException ? null : exception);
            await failed(exception.Message);
            return exception.Message;
        }
    }

    [LoggerMessage(EventId = 6001, Level = LogLevel.Warning, Message = "stack {Stack}: {Verb} failed: {Reason}")]
    private static partial void LogFailed(ILogger logger, string stack, string verb, string reason, Exception? exception);

    private sealed class Current(CancellationTokenSource source) : IDisposable
    {
        private readonly Lock gate = new();
        private bool disposed;

        internal CancellationToken Token { get; } = source.Token;

        internal void Supersede()
        {
            lock (gate)
            {
                if (!disposed)
                    source.Cancel();
            }
        }

        public void Dispose()
        {
            lock (gate)
            {
                disposed = true;
                source.Dispose();
            }
        }
    }
}
