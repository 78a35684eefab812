using Argosy.Core;

namespace Argosy.Build.Tests.Fakes;

internal sealed class FakeSnapshot(FakeImages images, string root, IReadOnlyList<Digest> layers) : IBuildSnapshot
{
    public string ShortId => "0123456789ab";

    public string Root => root;

    public Task<BuiltLayer?> CommitAsync(IReadOnlyList<Digest>? onto, DateTimeOffset? latest, CancellationToken cancellationToken)
    {
        images.Latest.Add(latest);
        return Task.FromResult(images.Commit(root, layers, onto ?? layers));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
