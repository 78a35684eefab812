namespace Argosy.Compose;

/// <summary>One file as it is merged: interpolated, canonical, top-level keys checked.</summary>
internal sealed class ComposeFile(Func<string, string?> lookup, Action<string> onMissing, TextReader? standardInput)
{
    private static readonly string[] TopLevel = ["version", "name", "services", "networks", "volumes", "secrets", "configs"];

    /// <param name="path">The file; <c>-</c> is standard input.</param>
    /// <param name="directory">What its relative paths are relative to.</param>
    internal IReadOnlyList<MappingNode> Load(string path, string directory)
    {
        var interpolator = new Interpolator(lookup, onMissing);
        var canonicalizer = new Canonicalizer(directory, lookup);
        return [.. Read(path).Select(Checked).Select(interpolator.Apply).Select(canonicalizer.Apply)];
    }

    /// <summary>The value of <c>name</c>, which is needed before everything else is interpolated.</summary>
    internal string? Name(string path) => Read(path)
        .Select(document => document.TryGet("name", out ComposeNode? name) ? name : null)
        .OfType<ScalarNode>()
        .Select(name => new Template(lookup, onMissing).Substitute(name.Value))
        .LastOrDefault(name => name.Length > 0);

    private readonly Dictionary<string, IReadOnlyList<MappingNode>> documents = new(StringComparer.Ordinal);

    private IReadOnlyList<MappingNode> Read(string path)
    {
        if (documents.TryGetValue(path, out IReadOnlyList<MappingNode>? known))
            return known;
        using TextReader reader = path != "-" ? new StreamReader(path) : standardInput ?? throw new ComposeException("standard input is not available");
        return documents[path] = YamlReader.Read(path == "-" ? "(stdin)" : path, reader);
    }

    private static MappingNode Checked(MappingNode root)
    {
        foreach ((string key, Mark at, ComposeNode value) in root.Entries)
        {
            if (key is "include" or "models" && !value.IsNull)
                throw ComposeException.At(at, key, "is not supported by Argosy" + (key == "include" ? ": name the files with -f" : ""));
            if (!TopLevel.Contains(key) && key is not ("include" or "models") && !key.StartsWith("x-", StringComparison.Ordinal))
                throw ComposeException.At(at, key, $"additional property '{key}' is not allowed");
            if (key is not ("version" or "name") && TopLevel.Contains(key) && value is not MappingNode && !value.IsNull)
                throw ComposeException.At(value.At, key, $"must be a mapping, not {value.Kind}");
        }
        return root;
    }
}
