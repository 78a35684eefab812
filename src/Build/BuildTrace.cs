namespace Argosy.Build;

/// <summary>News of a build's graph: what has changed since the last one. The shape is that of BuildKit's clients (SolveStatus).</summary>
public sealed record BuildTrace
{
    /// <summary>Steps that are new, have begun or have ended; each as it stands now.</summary>
    public IReadOnlyList<BuildVertex> Vertexes { get; init; } = [];

    /// <summary>Parts of steps: layers of a pull, the names of the result.</summary>
    public IReadOnlyList<VertexStatus> Statuses { get; init; } = [];

    /// <summary>What commands have printed.</summary>
    public IReadOnlyList<VertexLog> Logs { get; init; } = [];

    /// <summary>What is odd in the Dockerfile or the request, and does not stop the build.</summary>
    public IReadOnlyList<BuildNotice> Warnings { get; init; } = [];
}
