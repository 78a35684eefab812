namespace Argosy.Compose;

/// <summary>The variables of a project: the client's environment over its env files.</summary>
internal sealed class ProjectEnvironment(IReadOnlyDictionary<string, string> client)
{
    private readonly Dictionary<string, string> fromFiles = new(StringComparer.Ordinal);
    private string? projectName;

    internal string? Lookup(string name)
    {
        if (name == "COMPOSE_PROJECT_NAME" && projectName is not null)
            return projectName;
        return client.TryGetValue(name, out string? value) || fromFiles.TryGetValue(name, out value) ? value : null;
    }

    internal void Read(string file)
    {
        foreach ((string name, string value) in DotEnv.Read(file, Lookup))
            fromFiles[name] = value;
    }

    internal void SetProjectName(string name) => projectName = name;
}
