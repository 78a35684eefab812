using System.Globalization;
using System.Text;
using Argosy.Core;

namespace Argosy.Networks;

/// <summary>What this daemon's kernel objects are called. Several daemons on one host recognise their own by it.</summary>
/// <remarks>A device's name has at most 15 characters: four of prefix and a dash, then ten of an id.</remarks>
internal sealed class KernelNames
{
    internal KernelNames(string instance, string? defaultBridge)
    {
        bool main = instance == "argosy";
        string prefix = main ? "argo" : "a" + Hash(instance).ToString("x8", CultureInfo.InvariantCulture)[..3];
        (Table, BridgePrefix, VethPrefix) = (Identifier(instance), prefix + "-", prefix + "v");
        DefaultBridge = defaultBridge ?? (main ? "argosy0" : prefix + "-0");
        Alias = $"argosy:{instance}";
    }

    /// <summary>FNV-1a: keeps a handful of daemons apart, and does not load OpenSSL at every start.</summary>
    internal static uint Hash(string instance) => Encoding.UTF8.GetBytes(instance).Aggregate(2166136261u, (hash, part) => unchecked((hash ^ part) * 16777619u));

    /// <summary>The nftables table.</summary>
    internal string Table { get; }

    internal string BridgePrefix { get; }

    internal string VethPrefix { get; }

    internal string DefaultBridge { get; }

    /// <summary>The bridges' ifalias: says to a person (<c>ip link</c>) whose they are.</summary>
    internal string Alias { get; }

    internal string Bridge(NetworkId network) => BridgePrefix + network.Value[..10];

    /// <summary>Not among the names of <see cref="NewVeth"/>, whose ends are hexadecimal.</summary>
    internal HostGate Gate => new(VethPrefix + "gate-enter", VethPrefix + "gate-leave");

    internal string NewVeth() => VethPrefix + RandomId.Next()[..10];

    /// <summary>True for a device that only this daemon can have made.</summary>
    internal bool Owns(string link) => link == DefaultBridge || (link.Length == 15 && (link.StartsWith(BridgePrefix, StringComparison.Ordinal) || link.StartsWith(VethPrefix, StringComparison.Ordinal)));

    private static string Identifier(string instance) => string.Concat(instance.Select(character => char.IsAsciiLetterOrDigit(character) || character == '_' ? character : '_'));
}
