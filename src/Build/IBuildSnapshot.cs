using Argosy.Core;

namespace Argosy.Build;

/// <summary>A writable view on layers, mounted. Dispose unmounts it and forgets what was not committed.</summary>
public interface IBuildSnapshot : IAsyncDisposable
{
    /// <summary>Twelve hexadecimal digits, as clients show the container that runs in it.</summary>
    string ShortId { get; }

    /// <summary>The mounted root directory.</summary>
    string Root { get; }

    /// <summary>Makes a layer of what has changed.</summary>
    /// <param name="onto">The layers that it lies on; null for those the view was opened with.</param>
    /// <param name="latest">What was modified later gets this time, and nothing else of the layer depends on when and where it was made; null keeps everything.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The new layer and its size in bytes; null when nothing has changed.</returns>
    Task<BuiltLayer?> CommitAsync(IReadOnlyList<Digest>? onto, DateTimeOffset? latest, CancellationToken cancellationToken);
}
