namespace Argosy.Core;

/// <summary>
/// The undo stack of a multi-step operation. Each step registers its undo before the next begins;
/// disposing without <see cref="Commit"/> runs them in reverse order.
/// </summary>
/// <remarks>Undo steps take no cancellation: a client that hangs up must not leave half an operation behind.</remarks>
public sealed class Rollback : IAsyncDisposable
{
    private readonly Stack<Func<ValueTask>> steps = new();

    /// <summary>Registers an undo step.</summary>
    public void Add(Action undo) => steps.Push(() => { undo(); return ValueTask.CompletedTask; });

    /// <summary>Registers an asynchronous undo step.</summary>
    public void Add(Func<Task> undo) => steps.Push(() => new ValueTask(undo()));

    /// <summary>The operation is done: nothing is undone any more.</summary>
    public void Commit() => steps.Clear();

    /// <summary>Runs what was not committed, newest first. One failing step does not stop the others.</summary>
    /// <exception cref="AggregateException">One or more undo steps failed.</exception>
    public async ValueTask DisposeAsync()
    {
        List<Exception>? failures = null;
        while (steps.TryPop(out Func<ValueTask>? step))
        {
            try
            {
                await step();
            }
            catch (Exception exception)
            {
                (failures ??= []).Add(exception);
            }
        }
        if (failures is not null)
            throw new AggregateException("undoing a failed operation failed too", failures);
    }
}
