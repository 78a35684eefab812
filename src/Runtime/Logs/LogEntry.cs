namespace Argosy.Runtime.Logs;

/// <summary>A line of a container's output, or a piece of one. Its bytes belong to the reader and are good until the next batch is asked for.</summary>
/// <param name="Stream">1 stdout, 2 stderr.</param>
/// <param name="Bytes">As the process wrote them; the newline is there unless the piece is partial.</param>
/// <param name="IsPartial">The line goes on in the next entry of the same stream.</param>
/// <param name="Time">When conmon read it, as it wrote it: RFC 3339 with nanoseconds.</param>
public readonly record struct LogEntry(int Stream, ReadOnlyMemory<byte> Bytes, bool IsPartial, ReadOnlyMemory<byte> Time)
{
    /// <summary>The instant, to 100 ns.</summary>
    public DateTimeOffset Timestamp => LogTime.Parse(Time.Span) ?? default;

    /// <summary>RFC 3339 with nanoseconds, in UTC, as clients want it with <c>timestamps=1</c>.</summary>
    public string TimestampText => LogTime.Utc(Time.Span);
}
