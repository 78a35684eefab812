namespace Argosy.Contract.Stacks;

/// <summary>
/// A resolved application: what a client made of compose files, and what the daemon keeps as desired state.
/// On the wire it is the Compose Specification's canonical form (long syntax only), as <c>docker compose config --format json</c> prints it.
/// </summary>
public sealed record StackSpec
{
    /// <summary>The project's name: the stack's id, and the prefix of everything it owns.</summary>
    public required string Name { get; init; }

    /// <summary>The client's project directory, for the label <c>com.docker.compose.project.working_dir</c>.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The client's compose files (absolute), for the label <c>com.docker.compose.project.config_files</c>.</summary>
    public IReadOnlyList<string> ConfigFiles { get; set; } = [];

    public required IReadOnlyDictionary<string, StackService> Services { get; init; }

    public IReadOnlyDictionary<string, StackNetwork> Networks { get; set; } = new Dictionary<string, StackNetwork>();

    public IReadOnlyDictionary<string, StackVolume> Volumes { get; set; } = new Dictionary<string, StackVolume>();

    public IReadOnlyDictionary<string, StackFile> Secrets { get; set; } = new Dictionary<string, StackFile>();

    public IReadOnlyDictionary<string, StackFile> Configs { get; set; } = new Dictionary<string, StackFile>();
}
