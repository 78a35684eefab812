using Argosy.Client;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Copying;

/// <summary>A container's files.</summary>
internal sealed class ContainerSide(ContainersClient containers, string name) : ICopySide
{
    public string Name => name;

    public Task<FileArchive> GetAsync(string path, CancellationToken cancellationToken) => containers.GetArchiveAsync(name, path, cancellationToken);

    public Task<ContainerPathStat?> StatAsync(string path, CancellationToken cancellationToken) => containers.StatAsync(name, path, cancellationToken);

    public Task PutAsync(string path, Stream archive, bool keepsOwners, CancellationToken cancellationToken) =>
        containers.PutArchiveAsync(name, path, archive, keepsOwners, cancellationToken);
}
