using Argosy.Contract.Containers;

namespace Argosy.Client;

/// <summary>A tar archive of a container's path. Dispose it to give the connection back.</summary>
/// <param name="Stat">What the path is.</param>
/// <param name="Content">The archive.</param>
public sealed record ContainerArchive(ContainerPathStat Stat, Stream Content) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Content.Dispose();
}
