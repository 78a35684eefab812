using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.NetworkInformation;
using Argosy.Core;

namespace Argosy.Networks;

/// <summary>Hardware addresses of our devices: locally administered, unicast.</summary>
internal static class MacAddresses
{
    /// <summary>02:42 and the address, an IPv6 one folded: whoever gets the address next has the same one, so nobody's cache of neighbours goes stale.</summary>
    internal static PhysicalAddress Of(IPAddress address)
    {
        byte[] bytes = address.GetAddressBytes(), mac = [0x02, 0x42, 0, 0, 0, 0];
        for (int index = 0; index < bytes.Length; index++)
            mac[2 + (index % 4)] ^= bytes[index];
        return new PhysicalAddress(mac);
    }

    internal static PhysicalAddress Random()
    {
        byte[] bytes = RandomId.Bytes(6);
        bytes[0] = (byte)((bytes[0] & 0xfc) | 0x02);
        return new PhysicalAddress(bytes);
    }

    internal static bool TryParse(string text, [NotNullWhen(true)] out PhysicalAddress? mac)
    {
        bool valid = PhysicalAddress.TryParse(text.Replace(':', '-').ToUpperInvariant(), out mac) && mac.GetAddressBytes().Length == 6 && (mac.GetAddressBytes()[0] & 1) == 0;
        mac = valid ? mac : null;
        return valid;
    }

    internal static string Format(PhysicalAddress mac) => string.Join(':', mac.GetAddressBytes().Select(part => part.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
}
