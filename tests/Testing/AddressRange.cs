using System.Collections.Concurrent;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Argosy.Testing;

/// <summary>Hands out ranges 10.n.0.0/16 that no interface of the host is in, so that daemons beside each other do not meet.</summary>
public static class AddressRange
{
    private static readonly ConcurrentDictionary<int, bool> Taken = new();

    /// <summary>The n of a range that nobody has.</summary>
    public static int Next()
    {
        HashSet<int> used = [.. NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Where(address => address.Address.AddressFamily == AddressFamily.InterNetwork)
            .Select(address => address.Address.GetAddressBytes()).Where(bytes => bytes[0] == 10).Select(bytes => (int)bytes[1])];
        while (true)
        {
            int candidate = RandomNumberGenerator.GetInt32(64, 224);
            if (!used.Contains(candidate) && Taken.TryAdd(candidate, true))
                return candidate;
        }
    }
}
