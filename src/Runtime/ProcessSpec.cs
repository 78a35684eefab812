namespace Argosy.Runtime;

/// <summary>A process to be run in a container: its first one, or an exec.</summary>
public sealed record ProcessSpec
{
    /// <summary>Program and arguments; never empty.</summary>
    public required IReadOnlyList<string> Args { get; init; }

    /// <summary><c>NAME=value</c>, complete: PATH, HOME and HOSTNAME are the caller's to add (<see cref="UserLookup"/> knows HOME).</summary>
    public IReadOnlyList<string> Env { get; init; } = [];

    public string WorkingDirectory { get; init; } = "/";

    public UserIdentity User { get; init; } = UserIdentity.Root;

    /// <summary>Whether the process gets a pseudo-terminal; stdout and stderr are one stream then.</summary>
    public bool Terminal { get; init; }

    /// <summary>The terminal's first size; null leaves the kernel's 0×0.</summary>
    public TerminalSize? ConsoleSize { get; init; }

    public CapabilitySets Capabilities { get; init; } = CapabilitySets.Default;

    public IReadOnlyList<ResourceUlimit> Rlimits { get; init; } = [];

    public bool NoNewPrivileges { get; init; }

    /// <summary>AppArmor profile; null leaves the process unconfined by AppArmor.</summary>
    public string? AppArmorProfile { get; init; }
}
