using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Argosy.Catalog.Dns;

/// <summary>The names under which addresses are asked for; RFC 1035, 3.5, and RFC 3596, 2.5.</summary>
internal static class ReverseName
{
    private const string Suffix4 = ".in-addr.arpa", Suffix6 = ".ip6.arpa";

    /// <param name="name">Lower case.</param>
    /// <param name="address">What it stands for.</param>
    /// <returns>False for other names, and for those of whole zones.</returns>
    internal static bool TryParse(string name, [NotNullWhen(true)] out IPAddress? address)
    {
        address = name.EndsWith(Suffix4, StringComparison.Ordinal) ? Parse4(name[..^Suffix4.Length].Split('.'))
            : name.EndsWith(Suffix6, StringComparison.Ordinal) ? Parse6(name[..^Suffix6.Length].Split('.'))
            : null;
        return address is not null;
    }

    /// <summary>Four numbers, the last one first.</summary>
    private static IPAddress? Parse4(string[] parts)
    {
        byte[] bytes = new byte[4];
        if (parts.Length != bytes.Length)
            return null;
        for (int part = 0; part < bytes.Length; part++)
            if (!byte.TryParse(parts[^(part + 1)], NumberStyles.None, CultureInfo.InvariantCulture, out bytes[part]))
                return null;
        return new IPAddress(bytes);
    }

    /// <summary>Thirty-two hexadecimal digits, the last one first.</summary>
    private static IPAddress? Parse6(string[] parts)
    {
        byte[] bytes = new byte[16];
        if (parts.Length != 2 * bytes.Length || parts.Any(part => part.Length != 1))
            return null;
        for (int part = 0; part < bytes.Length; part++)
            if (!byte.TryParse(parts[^((2 * part) + 1)] + parts[^((2 * part) + 2)], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[part]))
                return null;
        return new IPAddress(bytes);
    }
}
