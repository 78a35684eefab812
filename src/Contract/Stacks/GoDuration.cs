using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Argosy.Contract.Stacks;

/// <summary>Go's duration text (pkg.go.dev/time#ParseDuration), and the <c>d</c> and <c>w</c> that Compose adds.</summary>
public static class GoDuration
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private static readonly (string Unit, decimal Ticks)[] Units =
    [
        ("ns", 0.01m), ("us", 10), ("µs", 10), ("ms", TimeSpan.TicksPerMillisecond), ("s", TimeSpan.TicksPerSecond),
        ("m", TimeSpan.TicksPerMinute), ("h", TimeSpan.TicksPerHour), ("d", TimeSpan.TicksPerDay), ("w", 7 * TimeSpan.TicksPerDay),
    ];

    /// <summary>Reads <c>1h30m</c>, <c>1.5s</c>, <c>0</c>; a number needs its unit.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TimeSpan value)
    {
        value = default;
        if (text == "0")
            return true;
        if (string.IsNullOrEmpty(text))
            return false;
        bool negative = text[0] == '-';
        ReadOnlySpan<char> rest = text.AsSpan(text[0] is '-' or '+' ? 1 : 0);
        decimal ticks = 0;
        do
        {
            if (!TryTakePart(ref rest, out decimal part))
                return false;
            ticks += part;
        } while (rest.Length > 0);
        if (ticks > long.MaxValue)
            return false;
        value = TimeSpan.FromTicks((long)(negative ? -ticks : ticks));
        return true;
    }

    /// <summary>Go's <c>Duration.String()</c>: <c>1h0m0s</c>, <c>1.5s</c>, <c>500ms</c>, <c>0s</c>.</summary>
    public static string Format(TimeSpan value)
    {
        if (value == TimeSpan.Zero)
            return "0s";
        string sign = value < TimeSpan.Zero ? "-" : "";
        TimeSpan absolute = value.Duration();
        if (absolute < TimeSpan.FromMilliseconds(1))
            return sign + Number(absolute.Ticks / 10m) + "µs";
        if (absolute < TimeSpan.FromSeconds(1))
            return sign + Number(absolute.Ticks / 10_000m) + "ms";
        string seconds = Number(absolute.Ticks % TimeSpan.TicksPerMinute / (decimal)TimeSpan.TicksPerSecond) + "s";
        long hours = absolute.Ticks / TimeSpan.TicksPerHour;
        string minutes = absolute < TimeSpan.FromMinutes(1) ? "" : absolute.Minutes + "m";
        return sign + (hours > 0 ? hours.ToString(CultureInfo.InvariantCulture) + "h" : "") + minutes + seconds;
    }

    private static bool TryTakePart(ref ReadOnlySpan<char> rest, out decimal ticks)
    {
        ticks = 0;
        int digits = rest.IndexOfAnyExcept(Digits);
        if (digits <= 0 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
            return false;
        rest = rest[digits..];
        int next = rest.IndexOfAny(Digits);
        ReadOnlySpan<char> unit = next < 0 ? rest : rest[..next];
        foreach ((string name, decimal perUnit) in Units)
        {
            if (!unit.SequenceEqual(name))
                continue;
            ticks = number * perUnit;
            rest = rest[unit.Length..];
            return true;
        }
        return false;
    }

    private static string Number(decimal value) => value.ToString("0.#########", CultureInfo.InvariantCulture);
}
