using System.Security.Cryptography;

namespace Argosy.Core;

/// <summary>Random identifiers as Docker has them: 32 random bytes as 64 hexadecimal digits.</summary>
public static class RandomId
{
    /// <summary>A new id that does not consist of digits alone in its first twelve: it would read as a number (a pid, an octal mode) in scripts.</summary>
    public static string Next()
    {
        while (true)
        {
            string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
            if (!long.TryParse(id.AsSpan(0, 12), System.Globalization.NumberStyles.None, null, out _))
                return id;
        }
    }
}
