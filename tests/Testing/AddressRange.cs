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
        HashSet<int> used = [.. Interfaces()
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

    /// <summary>.NET counts the addresses, then reads them, and fails when they change between: other tests make networks all the time.</summary>
    private static NetworkInterface[] Interfaces()
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return NetworkInterface.GetAllNetworkInterfaces();
            }
            catch (Exception exception) when (tries < 1000 && exception is (ArgumentException or NetworkInformationException))
            {
                Thread.Yield();
            }
        }
    }
}
