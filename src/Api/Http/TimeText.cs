using System.Globalization;
using System.Text.RegularExpressions;
using Argosy.Core;

namespace Argosy.Api.Http;

/// <summary>Times as clients write them in <c>since</c>, <c>until</c>: Unix seconds with a fraction, RFC 3339, or a Go duration back from now.</summary>
internal static partial class TimeText
{
    internal static DateTimeOffset Parse(string text, TimeProvider clock)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal seconds))
            return DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
        if (TryParseDuration(text, out TimeSpan back))
            return clock.GetUtcNow() - back;
        return DateTimeOffset.TryParse(BeyondTicks().Replace(text, "$1"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
            ? time : throw EngineException.Invalid($"invalid time: {text}");
    }

    /// <summary>Go's time.ParseDuration for the units people use: 1h30m, 10s, 250ms.</summary>
    internal static bool TryParseDuration(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        int at = 0;
        while (at < text.Length)
        {
            int digits = at;
            while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] == '.'))
                digits++;
            int unit = digits;
            while (unit < text.Length && char.IsAsciiLetter(text[unit]))
                unit++;
            if (!double.TryParse(text.AsSpan(at, digits - at), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value))
                return false;
            double? seconds = text[digits..unit] switch { "h" => 3600, "m" => 60, "s" => 1, "ms" => 1e-3, "us" => 1e-6, "ns" => 1e-9, _ => null };
            if (seconds is null)
                return false;
            duration += TimeSpan.FromSeconds(value * seconds.Value);
            at = unit;
        }
        return text.Length > 0;
    }

    /// <summary>Digits behind 100 ns are cut off: .NET would round them up, and a line's own time would come to lie behind the line.</summary>
    [GeneratedRegex(@"(\.\d{7})\d+")]
    private static partial Regex BeyondTicks();
}
