namespace Argosy.Cli.Syntax;

/// <summary>Lists of <c>key=value</c> as a map; a key alone has an empty value, the last one wins.</summary>
internal static class KeyValues
{
    public static IReadOnlyDictionary<string, string>? ToMap(IEnumerable<string> entries)
    {
        var map = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string entry in entries)
        {
            int equals = entry.IndexOf('=', StringComparison.Ordinal);
            map[equals < 0 ? entry : entry[..equals]] = equals < 0 ? "" : entry[(equals + 1)..];
        }
        return map.Count > 0 ? map : null;
    }
}
