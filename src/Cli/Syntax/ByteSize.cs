using System.Globalization;

namespace Argosy.Cli.Syntax;

/// <summary>Sizes as users write them: <c>512m</c>, <c>1.5g</c>, <c>2GiB</c>; a number alone is bytes, powers are of 1024.</summary>
internal static class ByteSize
{
    private const string Units = "kmgtp";

    /// <exception cref="FormatException">It is none.</exception>
    public static long Parse(string text)
    {
        int end = text.Length;
        while (end > 0 && !char.IsAsciiDigit(text[end - 1]) && text[end - 1] != '.')
            end--;
        string unit = text[end..].Trim().ToLowerInvariant();
        if (end == 0 || !double.TryParse(text.AsSpan(0, end), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
            throw new FormatException($"invalid size: '{text}'");
        return (long)(number * Factor(unit, text));
    }

    private static double Factor(string unit, string text)
    {
        if (unit is "" or "b")
            return 1;
        int power = Units.IndexOf(unit[0], StringComparison.Ordinal) + 1;
        if (power == 0 || unit[1..] is not ("" or "b" or "ib"))
            throw new FormatException($"invalid suffix: '{text[^unit.Length..]}'");
        return Math.Pow(1024, power);
    }
}
