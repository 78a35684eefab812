namespace Argosy.Runtime.Logs;

/// <summary>Makes of the lines that were read the entries that a query wants; the list is used again for each batch.</summary>
internal sealed class LogBatch(LogQuery query, long drop)
{
    private readonly List<LogEntry> entries = [];
    private readonly LineJoiner joiner = new();
    private readonly bool timed = query.Since is not null || query.Until is not null;
    private long toDrop = drop;

    /// <summary>The entries of the last <see cref="Fill"/>.</summary>
    public IReadOnlyList<LogEntry> Entries => entries;

    /// <summary>The time that the query ends with has been passed.</summary>
    public bool IsPastEnd { get; private set; }

    /// <summary>Reads whole lines.</summary>
    public IReadOnlyList<LogEntry> Fill(ReadOnlyMemory<byte> lines)
    {
        entries.Clear();
        while (!lines.IsEmpty && !IsPastEnd)
        {
            int end = lines.Span.IndexOf((byte)'\n') + 1;
            if (LogLine.TryParse(lines[..end], out LogEntry piece))
                Add(piece);
            lines = lines[end..];
        }
        return entries;
    }

    /// <summary>What was begun and never continued; the log has ended.</summary>
    public IReadOnlyList<LogEntry> Rest()
    {
        entries.Clear();
        foreach (LogEntry entry in joiner.Rest())
            if (IsWanted(entry))
                entries.Add(entry);
        return entries;
    }

    private void Add(in LogEntry piece)
    {
        if (timed && piece.Timestamp > query.Until)
        {
            IsPastEnd = true;
            return;
        }
        bool whole = joiner.TryComplete(piece, out LogEntry entry);
        if (toDrop > 0)
            toDrop -= piece.IsPartial ? 0 : 1;
        else if (whole && IsWanted(entry))
            entries.Add(entry);
    }

    private bool IsWanted(in LogEntry entry) =>
        (entry.Stream == 1 ? query.Stdout : query.Stderr) && !(timed && query.Since > entry.Timestamp);
}
