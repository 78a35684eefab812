using Argosy.Contract.Stacks;

namespace Argosy.Compose;

/// <summary>
/// From files to a project: 1. environment and files, 2. name, 3. each file interpolated, canonical, extended and put over the ones before,
/// 4. bound to types, 5. reduced to the active profiles, 6. checked as a whole.
/// </summary>
internal sealed class ProjectLoader(ComposeOptions options)
{
    private readonly ProjectEnvironment environment = new(options.Environment);
    private readonly List<string> warnings = [];

    internal ComposeProject Load()
    {
        ReadEnvironment(options.ProjectDirectory is { } chosen ? Path.GetFullPath(chosen, options.WorkingDirectory) : options.WorkingDirectory);
        IReadOnlyList<string> files = ProjectFiles.Find(options, environment.Lookup);
        string directory = Directory(files);
        ReadEnvironment(directory);
        var reader = new ComposeFile(environment.Lookup, OnMissing, options.StandardInput);
        string name = Name(reader, files, directory);
        environment.SetProjectName(name);
        MappingNode merged = Merged(reader, files, directory);
        var context = new BindingContext(name, environment.Lookup);
        StackSpec bound = ProjectBinder.Bind(merged, context) with { WorkingDirectory = directory, ConfigFiles = files };
        (StackSpec active, IReadOnlyDictionary<string, StackService> disabled) = Profiles.Apply(bound, ActiveProfiles(), options.Services);
        ProjectChecks.Check(active, disabled);
        return new ComposeProject
        {
            Spec = ProjectBinder.WithoutUnused(active),
            Disabled = disabled,
            Directory = directory,
            Files = files,
            Warnings = warnings,
        };
    }

    private string Directory(IReadOnlyList<string> files)
    {
        if (options.ProjectDirectory is { } directory)
            return Path.GetFullPath(directory, options.WorkingDirectory);
        return files[0] == "-" ? options.WorkingDirectory : Path.GetDirectoryName(files[0])!;
    }

    private void ReadEnvironment(string directory)
    {
        string standard = Path.Combine(directory, ".env");
        IEnumerable<string> files = options.EnvFiles.Count > 0
            ? options.EnvFiles.Select(file => Path.GetFullPath(file, options.WorkingDirectory))
            : File.Exists(standard) ? [standard] : [];
        foreach (string file in files)
        {
            if (!File.Exists(file))
                throw new ComposeException($"couldn't find env file: {file}");
            environment.Read(file);
        }
    }

    private string Name(ComposeFile reader, IReadOnlyList<string> files, string directory)
    {
        if (options.ProjectName is { Length: > 0 } said)
            return ProjectName.Checked(said);
        if (environment.Lookup("COMPOSE_PROJECT_NAME") is { Length: > 0 } variable)
            return ProjectName.Checked(variable);
        return files.Select(reader.Name).LastOrDefault(name => name is not null) is { } written
            ? ProjectName.Checked(written)
            : ProjectName.FromDirectory(directory);
    }

    private static MappingNode Merged(ComposeFile reader, IReadOnlyList<string> files, string directory)
    {
        var extends = new ExtendsResolver(reader);
        MappingNode? merged = null;
        foreach (string file in files)
        {
            foreach (MappingNode document in reader.Load(file, directory))
            {
                MappingNode extended = extends.Apply(document, file, merged);
                merged = merged is null ? extended : Merger.Merge(merged, extended);
            }
        }
        return merged is null ? throw new ComposeException($"{files[0]}: empty compose file") : Merger.WithoutResets(merged);
    }

    private string[] ActiveProfiles() =>
        [.. options.Profiles, .. (environment.Lookup("COMPOSE_PROFILES") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private void OnMissing(string variable)
    {
        string warning = $"The \"{variable}\" variable is not set. Defaulting to a blank string.";
        if (!warnings.Contains(warning))
            warnings.Add(warning);
    }
}
