using System.Text.RegularExpressions;

namespace Argosy.Registry;

/// <summary>A <c>WWW-Authenticate</c> header (RFC 6750, RFC 7617; distribution, "token authentication specification").</summary>
internal sealed partial record Challenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    internal string? Get(string name) => Parameters.TryGetValue(name, out string? value) ? value : null;

    /// <summary>Reads one header's value: <c>Bearer realm="…",service="…",scope="…"</c>.</summary>
    internal static Challenge Parse(string scheme, string? parameters)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (Match match in Parameter().Matches(parameters ?? ""))
            found[match.Groups["name"].Value] = match.Groups["quoted"] is { Success: true, Value: var quoted } ? quoted.Replace("\\\"", "\"", StringComparison.Ordinal) : match.Groups["plain"].Value;
        return new Challenge(scheme, found);
    }

    [GeneratedRegex("""(?<name>[A-Za-z0-9_-]+)\s*=\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<plain>[^\s,]+))""")]
    private static partial Regex Parameter();
}
