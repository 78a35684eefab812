using System.Globalization;

namespace Argosy.Compose;

/// <summary>Sizes as Docker writes them: <c>64m</c>, <c>1.5gb</c>, <c>512</c>; units of 1024.</summary>
internal static class ByteSize
{
    internal static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        string lower = text.Trim().ToLowerInvariant();
        int digits = lower.AsSpan().IndexOfAnyExcept(Digits);
        string number = digits < 0 ? lower : lower[..digits];
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value))
            return false;
        int power = (digits < 0 ? "" : lower[digits..].Trim()) switch
        {
            "" or "b" => 0,
            "k" or "kb" or "kib" => 1,
            "m" or "mb" or "mib" => 2,
            "g" or "gb" or "gib" => 3,
            "t" or "tb" or "tib" => 4,
            "p" or "pb" or "pib" => 5,
            _ => -1,
        };
        bytes = power < 0 ? 0 : (long)(value * Math.Pow(1024, power));
        return power >= 0;
    }

    private static readonly System.Buffers.SearchValues<char> Digits = System.Buffers.SearchValues.Create("0123456789.");
}
