using System.Runtime.ExceptionServices;

namespace Argosy.Build.Execution;

/// <summary>
/// Runs stages, each once: those of the plan beside each other as soon as what they stand on is done, others when a trigger asks for them.
/// The first failure stops all.
/// </summary>
internal sealed class StageScheduler(Func<int, CancellationToken, Task<StageResult>> run, CancellationToken cancellationToken) : IDisposable
{
    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private readonly Dictionary<int, Task<StageResult>> stages = [];
    private Exception? failure;

    /// <summary>A stage's result; it is started if nobody has.</summary>
    public Task<StageResult> GetAsync(int index)
    {
        lock (stages)
        {
            if (!stages.TryGetValue(index, out Task<StageResult>? stage))
                stages[index] = stage = Task.Run(() => RunAsync(index), CancellationToken.None);
            return stage;
        }
    }

    /// <summary>Runs these stages to the end of all, and gives the last one's result.</summary>
    public async Task<StageResult> RunAsync(IReadOnlyList<int> indexes)
    {
        Task<StageResult>[] started = [.. indexes.Select(GetAsync)];
        try
        {
            return await started[^1];
        }
        catch when (failure is not null && !cancellationToken.IsCancellationRequested)
        {
            // What the last stage says may only be that it was stopped because of the failure.
            ExceptionDispatchInfo.Throw(failure);
            throw;
        }
        finally
        {
            // Nothing of the build may go on when it has ended: a stage that waits for nobody is waited for here.
            await Task.WhenAny(Task.WhenAll(Started()));
        }
    }

    public void Dispose() => stop.Dispose();

    private Task<StageResult>[] Started()
    {
        lock (stages)
            return [.. stages.Values];
    }

    private async Task<StageResult> RunAsync(int index)
    {
        try
        {
            return await run(index, stop.Token);
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref failure, exception, null);
            await stop.CancelAsync();
            throw;
        }
    }
}
