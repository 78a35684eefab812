using System.Globalization;
using Argosy.Cli.CommandLine;

namespace Argosy.Cli.Syntax;

/// <summary>Points in time as users write them: RFC 3339 (parts may be missing), seconds since 1970, or a duration before now.</summary>
internal static class Timestamp
{
    /// <summary>Seconds since 1970 with nanoseconds, as the engine takes them.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static string ToWire(string text, TimeProvider clock)
    {
        if (text.Length > 0 && text.All(c => char.IsAsciiDigit(c) || c == '.'))
            return text;
        if (GoDuration.TryParse(text, out long nanoseconds))
            return Wire(clock.GetUtcNow().AddTicks(-nanoseconds / 100));
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset time)
            ? Wire(time)
            : throw new FormatException($"failed to parse value as time or duration: \"{text}\"");
    }

    /// <summary>The value of an option, null when it is not there.</summary>
    /// <exception cref="CliException">It is no time.</exception>
    public static string? Option(string name, string? text, TimeProvider clock)
    {
        try
        {
            return text is null ? null : ToWire(text, clock);
        }
        catch (FormatException refusal)
        {
            throw new CliException($"invalid value for \"{name}\": {refusal.Message}");
        }
    }

    private static string Wire(DateTimeOffset time)
    {
        long ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        return string.Create(CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerSecond}.{ticks % TimeSpan.TicksPerSecond * 100:D9}");
    }
}
