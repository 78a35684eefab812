using Argosy.Contract.Stacks;

namespace Argosy.Compose;

/// <summary>A loaded project: what the daemon is told, and what only the client needs to know.</summary>
public sealed record ComposeProject
{
    /// <summary>The active services and what they use.</summary>
    public required StackSpec Spec { get; init; }

    /// <summary>Services that no active profile and no command line asked for, by name.</summary>
    public required IReadOnlyDictionary<string, StackService> Disabled { get; init; }

    /// <summary>The project's directory (absolute).</summary>
    public required string Directory { get; init; }

    /// <summary>The files that were read (absolute; <c>-</c> for standard input).</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Things worth telling the user, such as variables that are not set.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Reads, interpolates, merges and checks the project's files.</summary>
    /// <exception cref="ComposeException">The files cannot be used; the message names file, line and key.</exception>
    public static ComposeProject Load(ComposeOptions options) => new ProjectLoader(options).Load();

    /// <summary>The project of these files; a short form of <see cref="Load(ComposeOptions)"/>.</summary>
    /// <exception cref="ComposeException">The files cannot be used; the message names file, line and key.</exception>
    public static ComposeProject Load(IReadOnlyList<string> files, string? projectName, IReadOnlyList<string> profiles, IReadOnlyDictionary<string, string> environment) =>
        Load(new ComposeOptions
        {
            Files = files,
            ProjectName = projectName,
            Profiles = profiles,
            Environment = environment,
            WorkingDirectory = System.IO.Directory.GetCurrentDirectory(),
        });

    /// <summary>True when the working directory (or one above it) has a compose file, or COMPOSE_FILE names one.</summary>
    public static bool Exists(string workingDirectory, IReadOnlyDictionary<string, string> environment) =>
        environment.ContainsKey("COMPOSE_FILE") || ProjectFiles.TryDiscover(workingDirectory, out _);
}
