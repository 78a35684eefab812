namespace Argosy.Runtime.Conmon;

/// <summary>What one conmon is to be told.</summary>
internal sealed record ConmonRequest
{
    /// <summary>The container's id: the runtime's argument, and the exit file's name.</summary>
    public required string ContainerId { get; init; }

    /// <summary>The container's or the exec's own directory: attach socket, fifos, pid files, working directory.</summary>
    public required string Directory { get; init; }

    public required RuntimeBinary Runtime { get; init; }

    public required string ExitDirectory { get; init; }

    public required bool Terminal { get; init; }

    public required bool OpenStdin { get; init; }

    /// <summary>Stdin outlives the client that goes away.</summary>
    public bool LeaveStdinOpen { get; init; }

    public string? LogPath { get; init; }

    /// <summary>The process file of an exec; null creates a container.</summary>
    public string? ExecProcessFile { get; init; }

    /// <summary>Wait with the exec until the caller has attached.</summary>
    public bool ExecAttach { get; init; }
}
