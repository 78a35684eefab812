using Argosy.Contract.Stacks;
using Argosy.Core;

namespace Argosy.Stacks;

/// <content>Volumes.</content>
internal sealed partial class EngineAdapter
{
    public IReadOnlyList<ObservedResource> Volumes() => [];

    public Task CreateVolumeAsync(StackVolume volume, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) =>
        throw EngineException.NotImplemented($"volume {volume.Name}: volumes are not there yet");

    public Task RemoveVolumeAsync(string name, CancellationToken cancellationToken) =>
        throw EngineException.NotImplemented($"volume {name}: volumes are not there yet");
}
