namespace Argosy.Runtime.Logs;

/// <summary>A line of a container's output, or a piece of one.</summary>
/// <param name="Stream">1 stdout, 2 stderr.</param>
/// <param name="Bytes">As the process wrote them; the newline is there unless the piece is partial.</param>
/// <param name="IsPartial">The line goes on in the next entry of the same stream.</param>
/// <param name="Timestamp">When conmon read it; its nanoseconds are in <see cref="TimestampText"/>.</param>
/// <param name="TimestampText">RFC 3339 with nanoseconds, in UTC, as clients want it with <c>timestamps=1</c>.</param>
public sealed record LogEntry(int Stream, ReadOnlyMemory<byte> Bytes, bool IsPartial, DateTimeOffset Timestamp, string TimestampText);
