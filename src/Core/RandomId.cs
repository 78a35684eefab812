namespace Argosy.Core;

/// <summary>Random identifiers as Docker has them: 32 random bytes as 64 hexadecimal digits.</summary>
/// <remarks>
/// The bytes are the kernel's, by way of <see cref="Guid.NewGuid"/>. <c>RandomNumberGenerator</c> would say the same of itself, and load
/// OpenSSL to do it: four megabytes and some milliseconds, in a daemon that may never speak TLS.
/// </remarks>
public static class RandomId
{
    private const int GuidSize = 16;

    /// <summary>A new id that does not consist of digits alone in its first twelve: it would read as a number (a pid, an octal mode) in scripts.</summary>
    public static string Next()
    {
        while (true)
        {
            string id = Convert.ToHexStringLower(Bytes(32));
            if (!long.TryParse(id.AsSpan(0, 12), System.Globalization.NumberStyles.None, null, out _))
                return id;
        }
    }

    /// <summary>Random bytes, as good as the kernel's.</summary>
    public static byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        Span<byte> guid = stackalloc byte[GuidSize];
        for (int filled = 0; filled < count;)
        {
            Guid.NewGuid().TryWriteBytes(guid);
            // The bytes 7 and 8 hold version and variant; the six behind them, and the six in front, are all random.
            foreach (int part in (ReadOnlySpan<int>)[0, 10])
            {
                int length = Math.Min(6, count - filled);
                guid.Slice(part, length).CopyTo(bytes.AsSpan(filled));
                filled += length;
            }
        }
        return bytes;
    }
}
