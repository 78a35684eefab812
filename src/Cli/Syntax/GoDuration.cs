using System.Buffers;
using System.Globalization;

namespace Argosy.Cli.Syntax;

/// <summary>Go's durations: <c>1m30s</c>, <c>500ms</c>, <c>1.5h</c>.</summary>
internal static class GoDuration
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    /// <summary>Nanoseconds.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static long Parse(string text) => TryParse(text, out long nanoseconds)
        ? nanoseconds
        : throw new FormatException(text.Length > 0 && char.IsAsciiDigit(text[^1]) && text != "0"
            ? $"time: missing unit in duration \"{text}\""
            : $"time: invalid duration \"{text}\"");

    public static bool TryParse(string text, out long nanoseconds)
    {
        nanoseconds = 0;
        bool isNegative = text.StartsWith('-');
        ReadOnlySpan<char> rest = text.AsSpan(isNegative || text.StartsWith('+') ? 1 : 0);
        if (rest is "0")
            return true;
        if (rest.IsEmpty)
            return false;
        double total = 0;
        while (!rest.IsEmpty)
        {
            if (!TryTake(ref rest, out double part))
                return false;
            total += part;
        }
        nanoseconds = (long)Math.Round(isNegative ? -total : total);
        return true;
    }

    private static bool TryTake(ref ReadOnlySpan<char> rest, out double nanoseconds)
    {
        nanoseconds = 0;
        int digits = rest.IndexOfAnyExcept(NumberCharacters);
        if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
            return false;
        rest = rest[digits..];
        int letters = rest.IndexOfAny(NumberCharacters);
        ReadOnlySpan<char> unit = letters < 0 ? rest : rest[..letters];
        rest = rest[unit.Length..];
        double factor = unit switch { "ns" => 1, "us" or "µs" or "μs" => 1e3, "ms" => 1e6, "s" => 1e9, "m" => 60e9, "h" => 3600e9, _ => 0 };
        nanoseconds = number * factor;
        return factor > 0;
    }
}
