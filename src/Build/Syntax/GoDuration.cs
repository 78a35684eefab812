using System.Globalization;
using System.Text.RegularExpressions;

namespace Argosy.Build.Syntax;

/// <summary>Go's durations, as Dockerfiles write them: <c>1m30s</c>, <c>1.5h</c>, <c>300ms</c>, <c>0</c>.</summary>
public static partial class GoDuration
{
    /// <summary>Reads one.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text == "0")
            return true;
        Match match = Grammar().Match(text);
        if (!match.Success)
            return false;
        decimal nanoseconds = 0;
        for (int i = 0; i < match.Groups["unit"].Captures.Count; i++)
        {
            decimal number = decimal.Parse(match.Groups["number"].Captures[i].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            nanoseconds += number * Nanoseconds(match.Groups["unit"].Captures[i].Value);
        }
        if (nanoseconds / 100 > long.MaxValue)
            return false;
        duration = TimeSpan.FromTicks((long)(nanoseconds / 100));
        return true;
    }

    /// <summary>Go's way to print one: <c>1m30s</c>, <c>0s</c>, <c>500ms</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration < TimeSpan.FromSeconds(1))
            return duration == TimeSpan.Zero ? "0s" : string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0.######}ms");
        string seconds = (duration.Seconds + (decimal)(duration.Ticks % TimeSpan.TicksPerSecond) / TimeSpan.TicksPerSecond).ToString("0.#######", CultureInfo.InvariantCulture);
        if (duration.TotalHours >= 1)
            return string.Create(CultureInfo.InvariantCulture, $"{(long)duration.TotalHours}h{duration.Minutes}m{seconds}s");
        return duration.TotalMinutes >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{duration.Minutes}m{seconds}s") : seconds + "s";
    }

    private static decimal Nanoseconds(string unit) => unit switch
    {
        "ns" => 1,
        "us" or "µs" or "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        _ => 3_600_000_000_000,
    };

    [GeneratedRegex(@"^\+?(?:(?<number>[0-9]{1,12}(?:\.[0-9]{0,12})?|\.[0-9]{1,12})(?<unit>ns|us|µs|μs|ms|s|m|h))+$")]
    private static partial Regex Grammar();
}
