using System.Threading.Channels;
using Argosy.Linux.Processes;

namespace Argosy.Runtime.Logs;

/// <summary>Wakes the follower of a log when there may be something new. It watches the directory: the file itself is replaced by rotation.</summary>
internal sealed class LogWakeups : IDisposable
{
    // One wake-up stands for any number of events.
    private readonly Channel<bool> events = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly string name;
    private readonly IDisposable watch;

    public LogWakeups(FileWatcher watcher, LogFiles files)
    {
        name = Path.GetFileName(files.Live);
        watch = watcher.Watch(files.Directory, OnEvent);
    }

    /// <summary>Waits for an event or for the end; false when the time given has come.</summary>
    public async Task<bool> WaitAsync(Task ended, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<bool> next = events.Reader.ReadAsync(waiting.Token).AsTask();
        Task first = until is { } limit
            ? await Task.WhenAny(next, ended, DelayUntilAsync(limit, waiting.Token))
            : await Task.WhenAny(next, ended);
        bool goOn = first == next || first == ended;
        await waiting.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return goOn;
    }

    public void Dispose() => watch.Dispose();

    private static Task DelayUntilAsync(DateTimeOffset limit, CancellationToken cancellationToken)
    {
        TimeSpan left = limit - TimeProvider.System.GetUtcNow();
        return left <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(left < TimeSpan.FromDays(20) ? left : TimeSpan.FromDays(20), cancellationToken);
    }

    private void OnEvent(FileEvents what, string file)
    {
        if (file == name || (what & (FileEvents.DeletedSelf | FileEvents.Overflow)) != 0)
            events.Writer.TryWrite(true);
    }
}
