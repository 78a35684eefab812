using System.Globalization;
using System.Text;

namespace Argosy.Runtime.Logs;

/// <summary>A line of the CRI log format: <c>2026-11-22T15:44:08.674134610+00:00 stdout F text</c> (P for a partial line).</summary>
internal static class LogLine
{
    /// <summary>Reads a line without its newline; null for what is none (a crash of the machine may leave such).</summary>
    public static LogEntry? Parse(ReadOnlySpan<byte> line)
    {
        int first = line.IndexOf((byte)' ');
        if (first < 20)
            return null;
        string time = Encoding.ASCII.GetString(line[..first]);
        ReadOnlySpan<byte> rest = line[(first + 1)..];
        int stream = rest.StartsWith("stdout "u8) ? 1 : rest.StartsWith("stderr "u8) ? 2 : 0;
        if (stream == 0 || rest.Length < 9 || rest[8] != ' ' || rest[7] is not ((byte)'F' or (byte)'P')
            || !DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at))
            return null;
        bool partial = rest[7] == (byte)'P';
        ReadOnlySpan<byte> text = rest[9..];
        byte[] bytes = new byte[text.Length + (partial ? 0 : 1)];
        text.CopyTo(bytes);
        if (!partial)
            bytes[^1] = (byte)'\n';
        return new LogEntry(stream, bytes, partial, at, Utc(time, at));
    }

    /// <summary>The parsed value has ticks of 100 ns only: the fraction is taken over as text.</summary>
    private static string Utc(string time, DateTimeOffset at)
    {
        int dot = time.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
            return at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.000000000'Z'", CultureInfo.InvariantCulture);
        int end = dot + 1;
        while (end < time.Length && char.IsAsciiDigit(time[end]))
            end++;
        return string.Concat(at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture), time.AsSpan(dot, end - dot), "Z");
    }
}
