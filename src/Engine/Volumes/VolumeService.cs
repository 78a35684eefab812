using Argosy.Engine.Events;
using Argosy.Volumes;

namespace Argosy.Engine.Volumes;

/// <summary>What a client may do with volumes; tells the world with Docker's events.</summary>
public sealed class VolumeService(VolumeStore store, EventBus events)
{
    /// <summary>Looking up and listing.</summary>
    public VolumeStore Store => store;

    /// <summary>Creates a volume; one that exists is returned as it is, without an event.</summary>
    public async Task<VolumeRecord> CreateAsync(VolumeRequest request, CancellationToken cancellationToken)
    {
        (VolumeRecord volume, bool isNew) = await store.CreateAsync(request, cancellationToken);
        if (isNew)
            Publish("create", volume.Name);
        return volume;
    }

    /// <summary>Creates a volume with content.</summary>
    /// <inheritdoc cref="VolumeStore.CreateFilledAsync"/>
    public async Task<VolumeRecord> CreateFilledAsync(VolumeRequest request, Func<string, Task> fill, CancellationToken cancellationToken)
    {
        VolumeRecord volume = await store.CreateFilledAsync(request, fill, cancellationToken);
        Publish("create", volume.Name);
        return volume;
    }

    /// <summary>Makes a new volume with what another holds; its labels are the other's, unless there are new ones of the same names.</summary>
    /// <inheritdoc cref="VolumeStore.CloneAsync"/>
    public async Task<VolumeRecord> CloneAsync(string source, string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, string>(store.Find(source).Labels);
        all.Remove(VolumeRecord.AnonymousLabel);
        foreach ((string key, string value) in labels)
            all[key] = value;
        VolumeRecord volume = await store.CloneAsync(source, new VolumeRequest { Name = name, Labels = all }, cancellationToken);
        Publish("create", volume.Name);
        return volume;
    }

    /// <summary>Removes a volume and its data.</summary>
    public async Task RemoveAsync(string name, bool force, CancellationToken cancellationToken)
    {
        if (await store.RemoveAsync(name, force, cancellationToken))
            Publish("destroy", name);
    }

    /// <summary>Removes unused volumes.</summary>
    public async Task<(IReadOnlyList<string> Removed, long Reclaimed)> PruneAsync(Func<VolumeRecord, bool> wanted, CancellationToken cancellationToken)
    {
        (IReadOnlyList<string> removed, long reclaimed) = await store.PruneAsync(wanted, cancellationToken);
        foreach (string name in removed)
            Publish("destroy", name);
        events.Publish("volume", "prune", "", new Dictionary<string, string> { ["reclaimed"] = reclaimed.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        return (removed, reclaimed);
    }

    private void Publish(string action, string name) =>
        events.Publish("volume", action, name, new Dictionary<string, string> { ["driver"] = "local" });
}
