using System.Runtime.CompilerServices;
using Argosy.Linux.Processes;

namespace Argosy.Runtime.Logs;

/// <summary>Reads the logs that conmon writes (<see cref="ContainerSpec.LogPath"/>), through all the files that rotation has made of them.</summary>
public sealed class ContainerLogs(FileWatcher watcher)
{
    /// <summary>The entries that a query asks for, oldest first, in batches.</summary>
    /// <param name="path">The log file; a missing one is an empty log.</param>
    /// <param name="query">Which part.</param>
    /// <param name="ended">Done when the container has ended (its exit was reported) or is to be followed no longer: conmon writes nothing after that.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    /// <returns>Lists that are good, with the bytes in them, until the next one is asked for. Each is what there is at that moment.</returns>
    public async IAsyncEnumerable<IReadOnlyList<LogEntry>> ReadAsync(
        string path, LogQuery query, Task ended, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (query is { Tail: <= 0, Follow: false })
            yield break;
        var files = new LogFiles(path);
        using var reader = new LogReader(files);
        var batch = new LogBatch(query, Begin(files, reader, query));
        await foreach (ReadOnlyMemory<byte> lines in LinesAsync(files, reader, query, ended, cancellationToken))
        {
            if (batch.Fill(lines).Count > 0)
                yield return batch.Entries;
            if (batch.IsPastEnd)
                yield break;
        }
        if (batch.Rest().Count > 0)
            yield return batch.Entries;
    }

    /// <returns>How many lines to drop.</returns>
    private static long Begin(LogFiles files, LogReader reader, LogQuery query)
    {
        var search = new LogSearch(files);
        LogPosition? position = query.Tail is { } lines ? search.Tail(lines) : query.Since is { } since ? search.Since(since) : null;
        if (position is { } place)
            return reader.MoveTo(place);
        reader.MoveNext();
        return 0;
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> LinesAsync(
        LogFiles files, LogReader reader, LogQuery query, Task ended, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using LogWakeups? wakeups = query.Follow && Directory.Exists(files.Directory) ? new LogWakeups(watcher, files) : null;
        while (true)
        {
            // Both asked before the file is read: what was written before that is read after it.
            bool complete = reader.IsComplete;
            bool last = wakeups is null || ended.IsCompleted;
            while (await reader.ReadLinesAsync(cancellationToken) is { IsEmpty: false } lines)
                yield return lines;
            if (complete && reader.MoveNext())
                continue;
            if (last || !await wakeups!.WaitAsync(ended, query.Until, cancellationToken))
                yield break;
        }
    }
}
