using Argosy.Core;

namespace Argosy.Runtime;

/// <summary>A process to be run in a running container.</summary>
public sealed record ExecSpec
{
    public required ContainerId Container { get; init; }

    /// <summary>64 hexadecimal digits.</summary>
    public required string ExecId { get; init; }

    public required ProcessSpec Process { get; init; }

    /// <summary>Whether standard input is a pipe; it closes when the attached client closes it.</summary>
    public bool OpenStdin { get; init; }

    /// <summary>
    /// Whether a client wants the output. The attachment is made before the process starts, so that no byte is lost;
    /// the first <see cref="OciRuntime.AttachAsync"/> for this exec gets it.
    /// </summary>
    public bool Attach { get; init; }

    /// <summary>The runtime that the container was created with (<see cref="ContainerSpec.Runtime"/>).</summary>
    public string? Runtime { get; init; }
}
