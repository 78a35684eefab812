using System.CommandLine;
using Argosy.Client;

namespace Argosy.Cli.CommandLine;

/// <summary>Reads <c>--filter key=value</c>.</summary>
internal static class FilterArguments
{
    public static Filters? Parse(Invocation line, Option<string[]> option)
    {
        IReadOnlyList<(string Key, string Value)> pairs = line.ReadAll(option, Split);
        if (pairs.Count == 0)
            return null;
        var filters = new Filters();
        foreach ((string key, string value) in pairs)
            filters.Add(key, value);
        return filters;
    }

    private static (string Key, string Value) Split(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? (text[..equals].Trim().ToLowerInvariant(), text[(equals + 1)..].Trim())
            : throw new FormatException("bad format of filter (expected name=value)");
    }
}
