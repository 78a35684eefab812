using Argosy.Client;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Copying;

/// <summary>What files are copied from or to: a container, or a volume.</summary>
internal interface ICopySide
{
    /// <summary>As the user wrote it.</summary>
    string Name { get; }

    /// <summary>A path as a tar archive, and what it is.</summary>
    Task<FileArchive> GetAsync(string path, CancellationToken cancellationToken);

    /// <summary>What a path is; null when there is nothing.</summary>
    Task<ContainerPathStat?> StatAsync(string path, CancellationToken cancellationToken);

    /// <summary>Unpacks a tar archive into a directory.</summary>
    Task PutAsync(string path, Stream archive, bool keepsOwners, CancellationToken cancellationToken);
}
