namespace Argosy.Runtime.Logs;

/// <summary>
/// Puts together what conmon wrote in pieces (it writes what it reads, Docker writes whole lines). A line longer than
/// <see cref="Limit"/> is given out in pieces of about that size, as Docker does.
/// </summary>
internal sealed class LineJoiner
{
    private const int Limit = 16 * 1024;

    private readonly LogEntry?[] pending = new LogEntry?[3];

    /// <summary>The entry that this piece completes. False: it is to be continued, and has been copied.</summary>
    public bool TryComplete(in LogEntry piece, out LogEntry whole)
    {
        LogEntry? before = pending[piece.Stream];
        whole = before is { } begun ? piece with { Bytes = Join(begun.Bytes.Span, piece.Bytes.Span) } : piece;
        if (!whole.IsPartial || whole.Bytes.Length >= Limit)
        {
            if (before is not null)
                pending[piece.Stream] = null;
            return true;
        }
        pending[piece.Stream] = before is null ? Kept(whole) : whole with { Time = whole.Time.ToArray() };
        return false;
    }

    /// <summary>What was never continued; the log has ended.</summary>
    public IEnumerable<LogEntry> Rest() => pending.OfType<LogEntry>();

    private static LogEntry Kept(LogEntry piece) => piece with { Bytes = piece.Bytes.ToArray(), Time = piece.Time.ToArray() };

    private static byte[] Join(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        byte[] joined = new byte[first.Length + second.Length];
        first.CopyTo(joined);
        second.CopyTo(joined.AsSpan(first.Length));
        return joined;
    }
}
