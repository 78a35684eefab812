using Argosy.Contract.Stacks;
using Argosy.Volumes;

namespace Argosy.Stacks;

/// <content>Volumes.</content>
internal sealed partial class EngineAdapter
{
    public IReadOnlyList<ObservedResource> Volumes() => [.. volumes.Store.List().Select(volume => new ObservedResource(volume.Name, volume.Labels))];

    public Task CreateVolumeAsync(StackVolume volume, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) =>
        volumes.CreateAsync(new VolumeRequest { Name = volume.Name, Driver = volume.Driver, Options = volume.DriverOpts, Labels = labels }, cancellationToken);

    public Task RemoveVolumeAsync(string name, CancellationToken cancellationToken) => volumes.RemoveAsync(name, force: true, cancellationToken);
}
