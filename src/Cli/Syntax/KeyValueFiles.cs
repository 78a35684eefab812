namespace Argosy.Cli.Syntax;

/// <summary>Environment and label files: a line each, <c>NAME=value</c>; <c>NAME</c> alone takes the client's own variable.</summary>
internal static class KeyValueFiles
{
    /// <param name="path">The file.</param>
    /// <param name="lookUp">The client's environment; null keeps a name alone as it is (labels).</param>
    /// <exception cref="FormatException">A line is malformed.</exception>
    public static IReadOnlyList<string> Read(string path, Func<string, string?>? lookUp)
    {
        if (!File.Exists(path))
            throw new FormatException($"open {path}: no such file or directory");
        var entries = new List<string>();
        int number = 0;
        foreach (string raw in File.ReadLines(path))
        {
            number++;
            string line = (number == 1 ? raw.TrimStart('\uFEFF') : raw).TrimStart();
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (Entry(line, path, number, lookUp) is { } entry)
                entries.Add(entry);
        }
        return entries;
    }

    /// <summary>The entries of <c>-e</c>: a name alone takes the client's variable, and is left out when there is none.</summary>
    public static string? Environment(string entry, Func<string, string?> lookUp)
    {
        if (entry.Length == 0 || entry[0] == '=')
            throw new FormatException($"invalid environment variable: {entry}");
        if (entry.Contains('=', StringComparison.Ordinal))
            return entry;
        return lookUp(entry) is { } value ? $"{entry}={value}" : null;
    }

    private static string? Entry(string line, string path, int number, Func<string, string?>? lookUp)
    {
        int equals = line.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? line.TrimEnd() : line[..equals];
        if (name.Length == 0)
            throw new FormatException($"no variable name on line '{line}' ({path}:{number})");
        if (name.Any(char.IsWhiteSpace))
            throw new FormatException($"variable '{name}' contains whitespaces ({path}:{number})");
        if (equals >= 0)
            return line;
        return lookUp is null ? name : lookUp(name) is { } value ? $"{name}={value}" : null;
    }
}
