using Argosy.Client;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Copying;

/// <summary>A volume's files. A volume has no user: what is unpacked belongs to whom the archive says.</summary>
internal sealed class VolumeSide(VolumesClient volumes, string name) : ICopySide
{
    public string Name => name;

    public Task<FileArchive> GetAsync(string path, CancellationToken cancellationToken) => volumes.GetArchiveAsync(name, path, cancellationToken);

    public Task<ContainerPathStat?> StatAsync(string path, CancellationToken cancellationToken) => volumes.StatAsync(name, path, cancellationToken);

    public Task PutAsync(string path, Stream archive, bool keepsOwners, CancellationToken cancellationToken) =>
        volumes.PutArchiveAsync(name, path, archive, cancellationToken);
}
