namespace Shop.Monitor;

/// <summary>A service to watch: http://host:port/path, redis://host:port or postgres://host:port.</summary>
internal sealed record Target(string Name, Uri Address)
{
    /// <summary>Reads "name=address name=address …".</summary>
    /// <exception cref="FormatException">A word is no such pair.</exception>
    internal static IReadOnlyList<Target> ParseAll(string text) =>
        [.. text.Split((char[])[' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

    private static Target Parse(string word)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1 || !Uri.TryCreate(word[(equals + 1)..], UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "redis" or "postgres"))
        {
            throw new FormatException($"TARGETS: \"{word}\" is not name=http://…, name=redis://… or name=postgres://…");
        }
        return new Target(word[..equals], address);
    }
}
