using Argosy.Core;

namespace Argosy.Build;

/// <summary>A step in the graph of a build.</summary>
/// <param name="Digest">Names it within this build.</param>
/// <param name="Name">For people: <c>[stage 2/3] RUN make</c>.</param>
/// <param name="Inputs">The steps whose results it stands on or copies from.</param>
public sealed record BuildVertex(Digest Digest, string Name, IReadOnlyList<Digest> Inputs)
{
    /// <summary>Null while it waits for its inputs.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>Null until it has ended, well or not.</summary>
    public DateTimeOffset? Completed { get; init; }

    /// <summary>Whether the result of an earlier build was taken.</summary>
    public bool Cached { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }
}
