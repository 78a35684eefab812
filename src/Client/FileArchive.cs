using Argosy.Contract.Containers;

namespace Argosy.Client;

/// <summary>A tar archive of a path in a container or volume. Dispose it to give the connection back.</summary>
/// <param name="Stat">What the path is.</param>
/// <param name="Content">The archive.</param>
public sealed record FileArchive(ContainerPathStat Stat, Stream Content) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Content.Dispose();
}
