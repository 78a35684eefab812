using Argosy.Core;

namespace Argosy.Build;

/// <summary>Where a build tells what it does.</summary>
public interface IBuildOutput
{
    /// <summary>Text for the user, as it comes.</summary>
    ValueTask WriteAsync(string text, CancellationToken cancellationToken);

    /// <summary>Progress of a pull.</summary>
    ValueTask PullAsync(PullStep step, CancellationToken cancellationToken);

    /// <summary>An image that has come to be.</summary>
    ValueTask ImageAsync(Digest id, CancellationToken cancellationToken);
}
