using Argosy.Core;
using Argosy.Linux.Copying;

namespace Argosy.Build.Execution;

/// <summary>Where files come from: a directory of this build, or layers, which are mounted when they are first looked at (a cached step never does).</summary>
internal sealed class BuildSource(IBuildImages images, RootDirectory? directory, IReadOnlyList<Digest> layers) : IAsyncDisposable
{
    private IBuildSnapshot? snapshot;
    private RootDirectory? root;

    /// <summary>True for a context, whose owners do not count.</summary>
    public bool IsContext => directory is not null;

    /// <summary>The layers' chain id; of no meaning for a directory.</summary>
    public string Chain => Cache.ChainId.Of(layers);

    public async Task<RootDirectory> OpenAsync(CancellationToken cancellationToken)
    {
        if ((directory ?? root) is { } open)
            return open;
        snapshot = await images.OpenAsync(layers, cancellationToken);
        return root = RootDirectory.Open(snapshot.Root);
    }

    public async ValueTask DisposeAsync()
    {
        root?.Dispose();
        if (snapshot is not null)
            await snapshot.DisposeAsync();
    }
}
