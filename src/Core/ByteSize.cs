using System.Globalization;

namespace Argosy.Core;

/// <summary>Sizes as people write them: <c>512</c>, <c>20m</c>, <c>1.5GiB</c>; powers of 1024, as in Docker's options.</summary>
public static class ByteSize
{
    /// <summary>Reads a size in bytes.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> when it is none.</exception>
    public static long Parse(string text) =>
        TryParse(text, out long bytes) ? bytes : throw EngineException.Invalid($"invalid size: '{text}'");

    /// <summary>Like <see cref="Parse"/>, without the exception.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        string number = text.Trim().ToLowerInvariant();
        if (number.EndsWith('b'))
            number = number[..^1];
        if (number.EndsWith('i'))
            number = number[..^1];
        int shift = number.Length == 0 ? 0 : number[^1] switch { 'k' => 10, 'm' => 20, 'g' => 30, 't' => 40, 'p' => 50, _ => 0 };
        if (shift > 0)
            number = number[..^1];
        if (!decimal.TryParse(number.TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value))
            return false;
        decimal total = value * (1L << shift);
        if (total > long.MaxValue)
            return false;
        bytes = (long)total;
        return true;
    }
}
