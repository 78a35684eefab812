using System.Threading.Channels;
using Argosy.Linux.Processes;

namespace Argosy.Runtime.Logs;

/// <summary>Wakes the follower of a log when there may be something new.</summary>
internal sealed class LogWakeups : IDisposable
{
    // One wake-up stands for any number of events.
    private readonly Channel<bool> events = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly FileWatcher watcher;
    private readonly string path;
    private IDisposable watch;
    // True at first: the file may have been replaced between its opening and the watch.
    private volatile bool fileMayBeNew = true;

    public LogWakeups(FileWatcher watcher, string path)
    {
        (this.watcher, this.path) = (watcher, path);
        watch = watcher.Watch(path, OnEvent);
    }

    /// <summary>Goes over to the file that has the name now, when conmon has replaced a log that reached its bound.</summary>
    public bool TakeNewFile(LogFileReader reader)
    {
        if (!fileMayBeNew)
            return false;
        fileMayBeNew = false;
        if (!reader.SwitchToNewFile())
            return false;
        // It may be replaced again before it is watched: look once more after that.
        do
            WatchAgain();
        while (reader.SwitchToNewFile());
        return true;
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

    private void WatchAgain()
    {
        watch.Dispose();
        watch = watcher.Watch(path, OnEvent);
    }

    private static Task DelayUntilAsync(DateTimeOffset limit, CancellationToken cancellationToken)
    {
        TimeSpan left = limit - TimeProvider.System.GetUtcNow();
        return left <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(left < TimeSpan.FromDays(20) ? left : TimeSpan.FromDays(20), cancellationToken);
    }

    private void OnEvent(FileEvents what, string name)
    {
        if ((what & (FileEvents.AttributesChanged | FileEvents.MovedSelf | FileEvents.DeletedSelf | FileEvents.Overflow)) != 0)
            fileMayBeNew = true;
        events.Writer.TryWrite(true);
    }
}
