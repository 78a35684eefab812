namespace Argosy.Runtime.Logs;

/// <summary>
/// Puts together what conmon wrote in pieces (it writes what it reads, Docker writes whole lines). A line longer than
/// <see cref="Limit"/> is given out in pieces of about that size, as Docker does.
/// </summary>
internal sealed class LineJoiner
{
    private const int Limit = 16 * 1024;

    private readonly LogEntry?[] pending = new LogEntry?[3];

    /// <summary>The entry that this piece completes; null when it is to be continued.</summary>
    public LogEntry? Add(LogEntry piece)
    {
        LogEntry whole = pending[piece.Stream] is { } before ? piece with { Bytes = Join(before.Bytes, piece.Bytes) } : piece;
        bool waits = whole.IsPartial && whole.Bytes.Length < Limit;
        pending[piece.Stream] = waits ? whole : null;
        return waits ? null : whole;
    }

    /// <summary>What was never continued; the log has ended.</summary>
    public IEnumerable<LogEntry> Rest() => pending.OfType<LogEntry>();

    private static byte[] Join(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second)
    {
        byte[] joined = new byte[first.Length + second.Length];
        first.CopyTo(joined);
        second.CopyTo(joined.AsMemory(first.Length));
        return joined;
    }
}
