using Argosy.Runtime;

namespace Argosy.Engine.Exec;

/// <summary>A process to run in a running container (Engine API, ExecConfig).</summary>
public sealed record ExecRequest
{
    /// <summary>Program and arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>NAME=value, beside the container's.</summary>
    public IReadOnlyList<string> Env { get; init; } = [];

    /// <summary>user[:group]; null for the container's.</summary>
    public string? User { get; init; }

    /// <summary>Null for the container's.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>All capabilities.</summary>
    public bool Privileged { get; init; }

    /// <summary>A pseudo-terminal instead of pipes.</summary>
    public bool Tty { get; init; }

    /// <summary>Whether stdin is wanted.</summary>
    public bool AttachStdin { get; init; }

    /// <summary>Whether stdout is wanted.</summary>
    public bool AttachStdout { get; init; }

    /// <summary>Whether stderr is wanted.</summary>
    public bool AttachStderr { get; init; }

    /// <summary>The terminal's first size.</summary>
    public TerminalSize? ConsoleSize { get; init; }

    /// <summary>The detach key sequence the client wishes; "" for the default.</summary>
    public string DetachKeys { get; init; } = "";
}
