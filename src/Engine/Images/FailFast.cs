namespace Argosy.Engine.Images;

/// <summary>Waits for several tasks; the first that fails cancels the rest, and is the failure that is told.</summary>
internal static class FailFast
{
    internal static async Task WhenAllAsync(IEnumerable<Task> tasks, CancellationTokenSource stop)
    {
        List<Task> running = [.. tasks];
        Task? failed = null;
        await foreach (Task task in Task.WhenEach(running))
        {
            if (failed is not null || task.IsCompletedSuccessfully)
                continue;
            failed = task;
            await stop.CancelAsync();
        }
        if (failed is not null)
            await failed;
    }
}
