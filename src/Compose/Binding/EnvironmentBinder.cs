namespace Argosy.Compose;

/// <summary>A service's environment: its env_files in order, and <c>environment</c> over them.</summary>
internal static class EnvironmentBinder
{
    internal static IReadOnlyDictionary<string, string?> Bind(MapReader service, BindingContext context)
    {
        var result = new OrderedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (IReadOnlyDictionary<string, string> file in service.List("env_file", (node, path) => ReadFile(node, path, context)))
        {
            foreach ((string name, string value) in file)
                result[name] = value;
        }
        foreach ((string name, string? value) in service.NullableTexts("environment"))
            result[name] = value ?? context.Lookup(name);
        return result;
    }

    /// <summary>label_file (in env_file's syntax), and <c>labels</c> over it.</summary>
    internal static IReadOnlyDictionary<string, string> BindLabels(MapReader service, BindingContext context)
    {
        var result = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in service.Texts("label_file"))
        {
            foreach ((string name, string value) in Read(file, context) ?? throw service.Error("label_file", $"label file {file} not found"))
                result[name] = value;
        }
        foreach ((string name, string value) in service.TextMap("labels"))
            result[name] = value;
        return result;
    }

    private static IReadOnlyDictionary<string, string> ReadFile(ComposeNode node, string path, BindingContext context)
    {
        MapReader reader = MapReader.Of(node, path);
        reader.Refuse("format");
        string file = reader.Required("path");
        bool required = reader.Flag("required") ?? true;
        reader.End();
        IReadOnlyDictionary<string, string>? values = Read(file, context);
        return values ?? (required ? throw reader.Error("path", $"env file {file} not found: stat {file}: no such file or directory") : new Dictionary<string, string>());
    }

    private static IReadOnlyDictionary<string, string>? Read(string file, BindingContext context) =>
        File.Exists(file) ? DotEnv.Read(file, context.Lookup) : null;
}
