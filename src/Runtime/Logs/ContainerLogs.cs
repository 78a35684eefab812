using System.Runtime.CompilerServices;
using Argosy.Linux.Processes;

namespace Argosy.Runtime.Logs;

/// <summary>Reads the logs that conmon writes (<see cref="ContainerSpec.LogPath"/>).</summary>
public sealed class ContainerLogs(FileWatcher watcher)
{
    /// <summary>The entries that a query asks for, oldest first.</summary>
    /// <param name="path">The log file; a missing one is an empty log.</param>
    /// <param name="query">Which part.</param>
    /// <param name="ended">Done when the container has ended (its exit was reported) or is to be followed no longer: conmon writes nothing after that.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    public async IAsyncEnumerable<LogEntry> ReadAsync(
        string path, LogQuery query, Task ended, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (!File.Exists(path))
            yield break;
        using var reader = new LogFileReader(path);
        if (query.Tail is { } lines)
            reader.Position = LogTail.Find(path, lines);
        var joiner = new LineJoiner();
        await foreach (LogEntry piece in PiecesAsync(reader, path, query, ended, cancellationToken))
        {
            if (query.Until is { } until && piece.Timestamp > until)
                break;
            if (joiner.Add(piece) is { } entry && Wanted(entry, query))
                yield return entry;
        }
        foreach (LogEntry rest in joiner.Rest().Where(entry => Wanted(entry, query)))
            yield return rest;
    }

    private async IAsyncEnumerable<LogEntry> PiecesAsync(
        LogFileReader reader, string path, LogQuery query, Task ended, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using LogWakeups? wakeups = query.Follow ? new LogWakeups(watcher, path) : null;
        while (true)
        {
            // Asked before the file is read: what was written before the end is read after it.
            bool last = wakeups is null || ended.IsCompleted;
            while (await reader.ReadLineAsync(cancellationToken) is (true, var line))
                if (LogLine.Parse(line.Span) is { } entry)
                    yield return entry;
            if (wakeups?.TakeNewFile(reader) == true)
                continue;
            if (last)
                yield break;
            if (!await wakeups!.WaitAsync(ended, query.Until, cancellationToken))
                yield break;
        }
    }

    private static bool Wanted(LogEntry entry, LogQuery query) =>
        (entry.Stream == 1 ? query.Stdout : query.Stderr) && !(query.Since > entry.Timestamp);
}
