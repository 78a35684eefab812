using System.Collections.Concurrent;
using Argosy.Core;
using Argosy.Runtime;

namespace Argosy.Engine.Containers;

/// <summary>
/// Clients attached to containers. One that attaches before the start is connected between create and start,
/// so that it sees the first byte.
/// </summary>
public sealed class AttachHub(OciRuntime runtime)
{
    private readonly ConcurrentDictionary<ContainerId, List<TaskCompletionSource<Attachment>>> pending = new();

    /// <summary>Connects now when the container runs, or at its next start.</summary>
    /// <param name="isAlive">Whether it runs; decided by the caller under the container's lock.</param>
    public Task<Attachment> AttachAsync(ContainerId id, bool isAlive, CancellationToken cancellationToken)
    {
        if (isAlive)
            return runtime.AttachAsync(id, null, cancellationToken);
        var source = new TaskCompletionSource<Attachment>(TaskCreationOptions.RunContinuationsAsynchronously);
        List<TaskCompletionSource<Attachment>> list = pending.GetOrAdd(id, _ => []);
        lock (list)
            list.Add(source);
        // Cancelling the source itself, not a task beside it: an attachment made later must find that nobody wants it.
        cancellationToken.Register(() => source.TrySetCanceled(cancellationToken));
        return source.Task;
    }

    /// <summary>Connects everyone who waits; the container has been created at the runtime and not started.</summary>
    internal async Task ConnectPendingAsync(ContainerId id)
    {
        foreach (TaskCompletionSource<Attachment> source in Take(id))
        {
            try
            {
                Attachment attachment = await runtime.AttachAsync(id, null, CancellationToken.None);
                if (!source.TrySetResult(attachment))
                    await attachment.DisposeAsync();
            }
            catch (Exception exception)
            {
                source.TrySetException(exception);
            }
        }
    }

    /// <summary>The start failed, or the container is gone: whoever waits is told the stream's end.</summary>
    internal void FailPending(ContainerId id)
    {
        foreach (TaskCompletionSource<Attachment> source in Take(id))
            source.TrySetCanceled();
    }

    private TaskCompletionSource<Attachment>[] Take(ContainerId id)
    {
        if (!pending.TryRemove(id, out List<TaskCompletionSource<Attachment>>? list))
            return [];
        lock (list)
            return [.. list];
    }
}
