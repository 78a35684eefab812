using System.Globalization;

namespace Argosy.Contract.Json;

/// <summary>Times as Go writes them (RFC 3339 with up to nine digits after the second, no trailing zeros).</summary>
public static class GoTime
{
    private const int TickDigits = 7;

    /// <summary>Writes a time as Go's RFC3339Nano layout does: <c>2024-05-01T10:20:30.1234567Z</c>; the zero time is <c>0001-01-01T00:00:00Z</c>.</summary>
    public static string Format(DateTimeOffset time) =>
        time.ToString(time.Offset == TimeSpan.Zero ? "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ" : "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    /// <summary>Reads RFC 3339; digits beyond 100 nanoseconds are cut off.</summary>
    public static bool TryParse(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(CutFraction(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    private static string CutFraction(string text)
    {
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
            return text;
        int end = dot + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return end - dot - 1 <= TickDigits ? text : string.Concat(text.AsSpan(0, dot + 1 + TickDigits), text.AsSpan(end));
    }
}
