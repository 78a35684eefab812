namespace Argosy.Volumes;

/// <summary>The daemon's own use of a volume: mounted, and not removed, until this is disposed.</summary>
public sealed class VolumeUse : IAsyncDisposable
{
    private readonly Func<Task> end;

    internal VolumeUse(string path, Func<Task> end) => (Path, this.end) = (path, end);

    /// <summary>The directory with the volume's data.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await end();
}
