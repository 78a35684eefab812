using Argosy.Core;

namespace Argosy.Build;

/// <summary>Where a build tells what it does.</summary>
public interface IBuildOutput
{
    /// <summary>Whether the graph is asked for (<see cref="TraceAsync"/>). Then no step's text comes with <see cref="WriteAsync"/>.</summary>
    bool Traces { get; }

    /// <summary>News of the graph. Stages that run beside each other tell theirs as they come.</summary>
    ValueTask TraceAsync(BuildTrace trace, CancellationToken cancellationToken);

    /// <summary>Text for the user, as it comes.</summary>
    ValueTask WriteAsync(string text, CancellationToken cancellationToken);

    /// <summary>Progress of a pull.</summary>
    ValueTask PullAsync(PullStep step, CancellationToken cancellationToken);

    /// <summary>An image that has come to be.</summary>
    ValueTask ImageAsync(Digest id, CancellationToken cancellationToken);
}
