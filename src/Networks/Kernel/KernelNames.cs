using System.Globalization;
using System.Text;
using Argosy.Core;
using Argosy.Linux.Netlink;

namespace Argosy.Networks;

/// <summary>What this daemon's kernel objects are called. Several daemons on one host recognise their own by it.</summary>
/// <remarks>
/// A device's name has at most 15 characters: four of prefix and a dash, then ten of an id. Two daemons may have one prefix, so that
/// names say nothing about whose a device is: its alias does, with the whole name of the daemon.
/// </remarks>
internal sealed class KernelNames
{
    private const string AnyAlias = "argosy:";

    internal KernelNames(string instance, string? defaultBridge)
    {
        bool main = instance == "argosy";
        string prefix = main ? "argo" : "a" + Hash(instance).ToString("x8", CultureInfo.InvariantCulture)[..3];
        string hash = LongHash(instance).ToString("x16", CultureInfo.InvariantCulture);
        (Table, BridgePrefix, VethPrefix) = (Identifier(instance), prefix + "-", prefix + "v");
        DefaultBridge = defaultBridge ?? (main ? "argosy0" : BridgePrefix + hash[..10]);
        Gate = new HostGate($"{prefix}g{hash[..6]}-in", $"{prefix}g{hash[..6]}-out");
        Alias = AnyAlias + instance;
    }

    /// <summary>The nftables table.</summary>
    internal string Table { get; }

    internal string BridgePrefix { get; }

    internal string VethPrefix { get; }

    internal string DefaultBridge { get; }

    /// <summary>The ifalias of every device of this daemon's.</summary>
    internal string Alias { get; }

    /// <summary>Not among the names of <see cref="NewVeth"/>.</summary>
    internal HostGate Gate { get; }

    internal string Bridge(NetworkId network) => BridgePrefix + network.Value[..10];

    internal string NewVeth() => VethPrefix + RandomId.Next()[..10];

    /// <summary>True for a device that this daemon made.</summary>
    internal bool Owns(Link link) => link.Alias == Alias;

    /// <summary>True for a device that another argosyd made.</summary>
    internal bool IsForeign(Link link) => !Owns(link) && link.Alias.StartsWith(AnyAlias, StringComparison.Ordinal);

    /// <summary>True for a device without an alias that is called as ours are: a version that gave none may have made it.</summary>
    internal bool MayOwn(Link link) => link.Alias.Length == 0
        && (link.Name == "argosy0" || link.Name.StartsWith(BridgePrefix, StringComparison.Ordinal) || link.Name.StartsWith(VethPrefix, StringComparison.Ordinal));

    /// <summary>FNV-1a: keeps a handful of daemons apart, and does not load OpenSSL at every start.</summary>
    private static uint Hash(string instance) => Encoding.UTF8.GetBytes(instance).Aggregate(2166136261u, (hash, part) => unchecked((hash ^ part) * 16777619u));

    private static ulong LongHash(string instance) => Encoding.UTF8.GetBytes(instance).Aggregate(14695981039346656037ul, (hash, part) => unchecked((hash ^ part) * 1099511628211ul));

    private static string Identifier(string instance) => string.Concat(instance.Select(character => char.IsAsciiLetterOrDigit(character) || character == '_' ? character : '_'));
}
