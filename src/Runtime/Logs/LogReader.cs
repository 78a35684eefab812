namespace Argosy.Runtime.Logs;

/// <summary>Reads whole lines of a log, file after file; the beginning of an unfinished line waits for its end.</summary>
internal sealed class LogReader(LogFiles files) : IDisposable
{
    private const int Step = 256 * 1024;

    private byte[] buffer = new byte[Step];
    private int start;
    private int end;
    private LogFile? file;
    private int number;

    /// <summary>What has been read from disk or unpacked so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Goes on with the next file, first with the oldest. False: there is none.</summary>
    public bool MoveNext()
    {
        if (LogFile.OpenAfter(files, number) is not { } next)
            return false;
        Take(next, 0);
        return true;
    }

    /// <summary>Begins in the middle of a log. A file that has been removed since the search gives way to the next one.</summary>
    /// <returns>How many lines are to be dropped.</returns>
    public long MoveTo(LogPosition position)
    {
        if (LogFile.OpenAfter(files, position.Number - 1) is not { } opened)
            return 0;
        bool found = opened.Number == position.Number && (opened.IsCompressed || opened.Inode == position.Inode);
        Take(opened, found ? position.Offset : 0);
        return found ? position.Drop : 0;
    }

    /// <summary>Nothing will be written to the current file any more. Ask before reading to its end.</summary>
    public bool IsComplete => file?.IsComplete(files) ?? true;

    /// <summary>The next lines, each with its newline; good until the next call. Empty: none yet in this file.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadLinesAsync(CancellationToken cancellationToken)
    {
        while (file is not null)
        {
            MakeRoom();
            int count = await file.Content.ReadAsync(buffer.AsMemory(end), cancellationToken);
            if (count == 0)
                break;
            BytesRead += count;
            int newline = buffer.AsSpan(end, count).LastIndexOf((byte)'\n');
            int stop = end + newline + 1;
            end += count;
            if (newline < 0)
                continue;
            ReadOnlyMemory<byte> lines = buffer.AsMemory(start, stop - start);
            start = stop;
            return lines;
        }
        return default;
    }

    public void Dispose() => file?.Dispose();

    private void Take(LogFile next, long offset)
    {
        file?.Dispose();
        // A line that the old file ends in the middle of will never be whole: the machine crashed, or the disk was full.
        (file, number, start, end) = (next, next.Number, 0, 0);
        if (offset > 0)
            next.Plain.Position = offset;
    }

    private void MakeRoom()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }
        if (end == buffer.Length)
            Array.Resize(ref buffer, buffer.Length * 2);
    }
}
