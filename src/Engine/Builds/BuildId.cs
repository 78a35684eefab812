using Argosy.Core;

namespace Argosy.Engine.Builds;

/// <summary>
/// The ids of build steps: they name the snapshot, the bundle and the network of a step, and their prefix tells recovery
/// that nobody will ever ask for them again.
/// </summary>
internal static class BuildId
{
    private const string Prefix = "build-";

    public static ContainerId New() => new(Prefix + RandomId.Next()[Prefix.Length..]);

    public static bool IsOne(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Twelve hexadecimal digits, for people and as host name.</summary>
    public static string Short(ContainerId id) => id.Value.Substring(Prefix.Length, 12);
}
