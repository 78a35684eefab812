using System.Collections;
using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Compose;

namespace Argosy.Cli.Compose;

/// <summary>The options that say which project is meant, and its loading.</summary>
internal sealed class ProjectFlags
{
    private const int FilesNotFound = 14;
    private const int FilesNotUsable = 15;

    private readonly Option<string[]> files;
    private readonly Option<string?> name;
    private readonly Option<string[]> profiles = Flag.List("--profile", "Activate services of this profile; \"*\" is all");
    private readonly Option<string[]> envFiles = Flag.List("--env-file", "Read variables from this file instead of .env");
    private readonly Option<string?> directory = Flag.Text("--project-directory", "What relative paths are relative to (default: the first file's directory)");

    /// <param name="hasShortNames">False where the verb needs -f and -p for something else.</param>
    private ProjectFlags(bool hasShortNames)
    {
        files = Flag.List("--file", "Compose configuration files", hasShortNames ? ["-f"] : []);
        name = Flag.Text("--project-name", "Project name", hasShortNames ? ["-p"] : []);
    }

    public static ProjectFlags AddTo(VerbCommand command, bool hasShortNames = true)
    {
        var flags = new ProjectFlags(hasShortNames);
        foreach (Option option in (Option[])[flags.files, flags.name, flags.profiles, flags.envFiles, flags.directory])
            command.Add(option);
        return flags;
    }

    /// <summary>Reads the project's files; what is worth telling goes to standard error.</summary>
    public ComposeProject Load(CliSession session, Invocation line, IReadOnlyList<string> services)
    {
        ComposeProject project = Load(session, line, services, line.GetAll(profiles));
        foreach (string warning in project.Warnings)
            session.Error.WriteLine("WARN[0000] " + warning);
        return project;
    }

    /// <summary>
    /// The project's name, and its services where its files can be read; with <c>-p</c> alone the name is enough
    /// for what only concerns containers that exist.
    /// </summary>
    public (string Name, IReadOnlyList<string> Services) Identify(CliSession session, Invocation line)
    {
        if (line.Get(name) is { } given && line.GetAll(files).Count == 0 && !ComposeProject.Exists(WorkingDirectory(line), Environment()))
            return (given, []);
        ComposeProject project = Load(session, line, [], ["*"]);
        return (project.Spec.Name, [.. project.Spec.Services.Keys]);
    }

    private ComposeProject Load(CliSession session, Invocation line, IReadOnlyList<string> services, IReadOnlyList<string> active)
    {
        try
        {
            using var input = new StreamReader(session.Streams.Input, leaveOpen: true);
            return ComposeProject.Load(new ComposeOptions
            {
                Files = line.GetAll(files),
                ProjectName = line.Get(name),
                ProjectDirectory = line.Get(directory),
                Profiles = active,
                EnvFiles = line.GetAll(envFiles),
                Services = services,
                Environment = Environment(),
                WorkingDirectory = Directory.GetCurrentDirectory(),
                StandardInput = input,
            });
        }
        catch (ComposeException wrong)
        {
            throw new CliException(wrong.Message, wrong.Message.StartsWith("no configuration file", StringComparison.Ordinal) ? FilesNotFound : FilesNotUsable);
        }
    }

    private string WorkingDirectory(Invocation line) => line.Get(directory) ?? Directory.GetCurrentDirectory();

    internal static Dictionary<string, string> Environment() => global::System.Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
}
