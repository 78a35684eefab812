using System.Globalization;
using Argosy.Contract.Volumes;
using Argosy.Volumes;

namespace Argosy.Api.Routes.Volumes;

/// <summary>Volumes as the API shows them.</summary>
internal static class VolumePresenter
{
    internal static Volume Show(VolumeStore store, VolumeRecord volume) => new()
    {
        CreatedAt = volume.Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        Driver = volume.Driver,
        Labels = volume.Labels.Count == 0 ? null : volume.Labels,
        Mountpoint = store.DataPath(volume.Name),
        Name = volume.Name,
        Options = volume.Options.Count == 0 ? null : volume.Options,
        Scope = "local",
    };

    /// <summary>With what its files take and how many containers name it; walks its files.</summary>
    internal static Volume ShowUsage(VolumeStore store, VolumeRecord volume) =>
        Show(store, volume) with { UsageData = new VolumeUsageData(store.Measure(volume.Name), store.CountUsers(volume.Name)) };
}
