using System.Text.Json;
using Argosy.Client.Transport;
using Argosy.Contract.Volumes;

namespace Argosy.Client;

/// <summary>Requests about volumes.</summary>
public sealed class VolumesClient
{
    private readonly EngineTransport transport;

    internal VolumesClient(EngineTransport transport) => this.transport = transport;

    /// <summary>All volumes.</summary>
    public Task<VolumeListResponse> ListAsync(Filters? filters = null, CancellationToken cancellationToken = default) =>
        transport.GetAsync(new Query("/volumes").AddFilters(filters).ToString(), VolumesJson.Default.VolumeListResponse, cancellationToken);

    /// <summary>Everything about one volume as the engine wrote it.</summary>
    public Task<JsonDocument> InspectRawAsync(string volume, CancellationToken cancellationToken = default) =>
        transport.DocumentAsync(Path(volume), cancellationToken);

    /// <summary>Creates a volume; one that exists with the same driver is left as it is.</summary>
    public Task<Volume> CreateAsync(VolumeCreateRequest request, CancellationToken cancellationToken = default) =>
        transport.PostAsync("/volumes/create", VolumesJson.Default.Volume, cancellationToken, EngineTransport.Json(request, VolumesJson.Default.VolumeCreateRequest));

    /// <summary>Removes a volume that no container uses.</summary>
    /// <param name="volume">Its name.</param>
    /// <param name="force">A volume that does not exist is no error.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task RemoveAsync(string volume, bool force = false, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Delete, new Query(Path(volume)).Add("force", force).ToString(), cancellationToken);

    /// <summary>Removes volumes that no container uses: the anonymous ones, or with the filter <c>all=true</c> all of them.</summary>
    public Task<VolumePruneResponse> PruneAsync(Filters? filters = null, CancellationToken cancellationToken = default) =>
        transport.PostAsync(new Query("/volumes/prune").AddFilters(filters).ToString(), VolumesJson.Default.VolumePruneResponse, cancellationToken);

    private static string Path(string volume) => "/volumes/" + Uri.EscapeDataString(volume);
}
