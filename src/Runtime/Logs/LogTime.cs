using System.Globalization;
using System.Text;

namespace Argosy.Runtime.Logs;

/// <summary>conmon's time stamps: <c>2026-11-22T15:44:08.674134610+00:00</c>, always with nine digits, in the zone of its environment (ours is UTC).</summary>
internal static class LogTime
{
    private const int Length = 35;
    private const int OffsetAt = 29;

    /// <summary>The instant, to 100 ns; null for what is no time stamp.</summary>
    public static DateTimeOffset? Parse(ReadOnlySpan<byte> text)
    {
        if (text.Length != Length || text[10] != 'T' || text[19] != '.')
            return DateTimeOffset.TryParse(Encoding.ASCII.GetString(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset other) ? other : null;
        int year = Digits(text, 0, 4), month = Digits(text, 5, 2), day = Digits(text, 8, 2);
        int hour = Digits(text, 11, 2), minute = Digits(text, 14, 2), second = Digits(text, 17, 2), fraction = Digits(text, 20, 7);
        int zone = (Digits(text, 30, 2) * 60) + Digits(text, 33, 2);
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour is < 0 or > 23
            || minute is < 0 or > 59 || second is < 0 or > 59 || fraction < 0 || zone is < 0 or > 14 * 60)
            return null;
        long ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks + fraction;
        return new DateTimeOffset(ticks, TimeSpan.Zero).AddMinutes(text[OffsetAt] == '-' ? zone : -zone);
    }

    /// <summary>The same instant in UTC with the nanoseconds that it has, and Z.</summary>
    public static string Utc(ReadOnlySpan<byte> text)
    {
        if (text.EndsWith("+00:00"u8))
            return Encoding.ASCII.GetString(text[..^6]) + "Z";
        if (Parse(text) is not { } instant)
            return "";
        // The parsed value has ticks of 100 ns only: the fraction is taken over as text.
        int dot = text.IndexOf((byte)'.');
        int end = dot + 1;
        while (dot > 0 && end < text.Length && char.IsAsciiDigit((char)text[end]))
            end++;
        string fraction = dot < 0 ? ".000000000" : Encoding.ASCII.GetString(text[dot..end]);
        return instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + fraction + "Z";
    }

    private static int Digits(ReadOnlySpan<byte> text, int start, int count)
    {
        int value = 0;
        foreach (byte digit in text.Slice(start, count))
        {
            if (!char.IsAsciiDigit((char)digit))
                return -1;
            value = (value * 10) + digit - '0';
        }
        return value;
    }
}
