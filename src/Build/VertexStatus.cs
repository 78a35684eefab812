using Argosy.Core;

namespace Argosy.Build;

/// <summary>How far a part of a step is.</summary>
/// <param name="Vertex">The step.</param>
/// <param name="Id">Names the part within the step, and is shown.</param>
/// <param name="Timestamp">When this was so.</param>
public sealed record VertexStatus(Digest Vertex, string Id, DateTimeOffset Timestamp)
{
    /// <summary>What is being done with it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Bytes done.</summary>
    public long Current { get; init; }

    /// <summary>Bytes in all; 0 when there is nothing to count.</summary>
    public long Total { get; init; }

    /// <summary>Null until it is done.</summary>
    public DateTimeOffset? Completed { get; init; }
}
