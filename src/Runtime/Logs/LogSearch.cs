using System.Buffers;

namespace Argosy.Runtime.Logs;

/// <summary>Finds where a query's part of a log begins, from its end: what that costs does not depend on the log's length.</summary>
internal sealed class LogSearch(LogFiles files)
{
    /// <summary>How far before the place the beginning of a line is looked for whose end lies behind it.</summary>
    private const long LookBack = 64 * 1024;

    /// <summary>What has been read from disk or unpacked so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Where exactly this number of lines begins. Pieces belong to the line that they end up in; an unfinished last line counts. Null: at the beginning.</summary>
    public LogPosition? Tail(int lines)
    {
        long missing = Math.Max(lines, 0);
        bool newest = true;
        foreach (int number in NewestFirst())
        {
            using LogFile? file = Open(number);
            if (file is null)
                break;
            (LogPosition? position, long found, bool any) = file.IsCompressed ? TailOfCompressed(file, missing) : TailOfPlain(file, missing, newest);
            if (position is not null)
                return position;
            missing -= found;
            newest &= !any;
        }
        return null;
    }

    /// <summary>A place before the first line of that time or later, and not far before it. Null: at the beginning. Clocks are taken to run forward.</summary>
    public LogPosition? Since(DateTimeOffset since)
    {
        foreach (int number in NewestFirst())
        {
            using LogFile? file = Open(number);
            if (file is null)
                break;
            if (FirstTime(file) is not { } first || first >= since)
                continue;
            return new LogPosition(number, file.Inode, file.IsCompressed ? 0 : Begin(file.Plain, since), 0);
        }
        return null;
    }

    private IEnumerable<int> NewestFirst()
    {
        IReadOnlyList<int> numbers = files.Numbers();
        int? live = files.LiveNumber(numbers);
        if (live is null)
            yield return numbers.Count > 0 ? numbers[^1] + 1 : 1;
        for (int index = numbers.Count - 1; index >= 0; index--)
            yield return numbers[index];
    }

    private LogFile? Open(int number)
    {
        LogFile? file = LogFile.OpenAfter(files, number - 1);
        if (file is null || file.Number == number)
            return file;
        // Another one has come into its place: rotation goes on while we look. Then the search has to do with what there is.
        file.Dispose();
        return null;
    }

    private (LogPosition? Position, long Found, bool Any) TailOfPlain(LogFile file, long missing, bool newest)
    {
        var blocks = new LogBlocks(file.Plain);
        long next = blocks.EndOfWholeLines();
        bool any = next > 0;
        long found = 0;
        foreach ((long offset, LogEntry? entry) in blocks.Backwards(next))
        {
            if (entry is { } line && (!line.IsPartial || newest) && found++ == missing)
            {
                (long from, long drop) = WithBeginnings(blocks, next);
                BytesRead += blocks.BytesRead;
                return (new LogPosition(file.Number, file.Inode, from, drop), found, any);
            }
            newest &= entry is null;
            next = offset;
        }
        BytesRead += blocks.BytesRead;
        return (null, found, any);
    }

    /// <summary>The other stream may be in the middle of a line there: goes back to where that begins, and tells how many lines end in between.</summary>
    private static (long From, long Drop) WithBeginnings(LogBlocks blocks, long place)
    {
        long from = place, ends = 0, drop = 0;
        int settled = 0;
        foreach ((long offset, LogEntry? entry) in blocks.Backwards(place))
        {
            if (settled == 3 || place - offset > LookBack)
                break;
            if (entry is not { } line)
                continue;
            if (!line.IsPartial)
            {
                ends++;
                settled |= line.Stream;
            }
            else if ((settled & line.Stream) == 0)
            {
                (from, drop) = (offset, ends);
            }
        }
        return (from, drop);
    }

    private (LogPosition? Position, long Found, bool Any) TailOfCompressed(LogFile file, long missing)
    {
        long lines = 0;
        bool any = false;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        // What is packed can only be gone through from its beginning; how many lines it has is known then, and the reader drops the first ones.
        var counter = new LineEnds();
        int count;
        while ((count = file.Content.Read(buffer)) > 0)
        {
            BytesRead += count;
            any = true;
            lines += counter.Count(buffer.AsSpan(0, count));
        }
        ArrayPool<byte>.Shared.Return(buffer);
        return lines > missing ? (new LogPosition(file.Number, file.Inode, 0, lines - missing), missing, any) : (null, lines, any);
    }

    private DateTimeOffset? FirstTime(LogFile file)
    {
        byte[] buffer = new byte[4096];
        int count = file.Content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        BytesRead += count;
        int space = buffer.AsSpan(0, count).IndexOf((byte)' ');
        return space < 0 ? null : LogTime.Parse(buffer.AsSpan(0, space));
    }

    private long Begin(FileStream file, DateTimeOffset since)
    {
        var blocks = new LogBlocks(file);
        long stop = blocks.EndOfWholeLines();
        (long low, long high) = (0, stop);
        // Invariant: what begins before low is too early, what begins at high or behind it is not.
        while (high - low > LookBack)
        {
            long middle = low + ((high - low) / 2);
            if (blocks.LineFrom(middle, high) is { } line && line.Entry.Timestamp < since)
                low = line.Offset;
            else
                high = middle;
        }
        long from = blocks.LineFrom(Math.Max(0, low - LookBack), stop)?.Offset ?? 0;
        BytesRead += blocks.BytesRead;
        return from;
    }
}
