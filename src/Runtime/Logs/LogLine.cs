namespace Argosy.Runtime.Logs;

/// <summary>A line of the CRI log format: <c>2026-11-22T15:44:08.674134610+00:00 stdout F text</c> (P for a partial line).</summary>
internal static class LogLine
{
    private const int ShortestTime = 20;

    /// <summary>Reads a line with its newline, without copying; false for what is none (a crash of the machine, a full disk may leave such).</summary>
    public static bool TryParse(ReadOnlyMemory<byte> line, out LogEntry entry)
    {
        entry = default;
        ReadOnlySpan<byte> text = line.Span;
        int time = text.IndexOf((byte)' ');
        if (time < ShortestTime)
            return false;
        ReadOnlySpan<byte> rest = text[(time + 1)..];
        int stream = rest.StartsWith("stdout "u8) ? 1 : rest.StartsWith("stderr "u8) ? 2 : 0;
        if (stream == 0 || rest.Length < 10 || rest[8] != ' ' || rest[7] is not ((byte)'F' or (byte)'P') || !char.IsAsciiDigit((char)text[0]))
            return false;
        bool partial = rest[7] == (byte)'P';
        int begin = time + 10;
        entry = new LogEntry(stream, partial ? line[begin..^1] : line[begin..], partial, line[..time]);
        return true;
    }
}
