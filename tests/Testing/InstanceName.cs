using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Argosy.Testing;

/// <summary>
/// Names of daemons whose devices have prefixes that no other daemon has. A prefix is three digits of a hash: two daemons of one prefix
/// take each other's devices for their own and remove them, and among hundreds of starts that happens.
/// </summary>
public static class InstanceName
{
    private static readonly ConcurrentDictionary<string, bool> Taken = new();

    /// <summary>The beginning that was given, and six hexadecimal digits.</summary>
    public static string Next(string beginning)
    {
        while (true)
        {
            string name = beginning + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3));
            string prefix = HostSnapshot.LinkPrefix(name);
            if (Taken.TryAdd(prefix, true) && !Directory.EnumerateDirectories("/sys/class/net").Any(path => Path.GetFileName(path).StartsWith(prefix, StringComparison.Ordinal)))
                return name;
        }
    }
}
