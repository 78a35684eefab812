using Argosy.Core;
using Argosy.Linux.Copying;

namespace Argosy.Build.Execution;

/// <summary>A stage or image to copy from, mounted when it is first looked at: a cached step never does.</summary>
internal sealed class LazySource(IBuildImages images, IReadOnlyList<Digest> layers) : IAsyncDisposable
{
    private IBuildSnapshot? snapshot;
    private RootDirectory? root;

    public async Task<RootDirectory> OpenAsync(CancellationToken cancellationToken)
    {
        if (root is not null)
            return root;
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
