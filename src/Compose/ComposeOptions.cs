namespace Argosy.Compose;

/// <summary>What the user said about which project is meant; everything may be left to the compose files and the environment.</summary>
public sealed record ComposeOptions
{
    /// <summary><c>-f</c>, in order; empty: COMPOSE_FILE, else compose.yaml and its override in the working directory or above it. <c>-</c> is standard input.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary><c>-p</c>.</summary>
    public string? ProjectName { get; init; }

    /// <summary><c>--project-directory</c>; null: the first file's directory.</summary>
    public string? ProjectDirectory { get; init; }

    /// <summary><c>--profile</c>; COMPOSE_PROFILES is added. <c>*</c> is all.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary><c>--env-file</c>; empty: <c>.env</c> in the project directory, when there is one.</summary>
    public IReadOnlyList<string> EnvFiles { get; init; } = [];

    /// <summary>Services named on the command line: they are wanted whatever their profiles.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The client's environment.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The client's working directory.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Standard input, for the file <c>-</c>.</summary>
    public TextReader? StandardInput { get; init; }
}
