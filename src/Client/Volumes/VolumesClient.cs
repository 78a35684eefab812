using System.Text.Json;
using Argosy.Client.Transport;
using Argosy.Contract.Containers;
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
    /// <param name="volume">Its name.</param>
    /// <param name="size">True: with <see cref="Volume.UsageData"/> (Argosy's own); measuring walks its files.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<JsonDocument> InspectRawAsync(string volume, bool size = false, CancellationToken cancellationToken = default) =>
        transport.DocumentAsync(new Query(Path(volume)).Add("size", size).ToString(), cancellationToken);

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

    /// <summary>All volumes with what they take and how many containers name them (<see cref="Volume.UsageData"/>); measuring walks their files.</summary>
    public Task<VolumeListResponse> UsageAsync(CancellationToken cancellationToken = default) =>
        transport.GetAsync(new Query("/system/df").Add("type", "volume").ToString(), VolumesJson.Default.VolumeListResponse, cancellationToken);

    /// <summary>A path of the volume as a tar archive, and what it is. Argosy's own.</summary>
    public Task<FileArchive> GetArchiveAsync(string volume, string path, CancellationToken cancellationToken = default) =>
        Archive(volume).GetAsync(path, cancellationToken);

    /// <summary>What a path of the volume is; null when there is none. Argosy's own.</summary>
    public Task<ContainerPathStat?> StatAsync(string volume, string path, CancellationToken cancellationToken = default) =>
        Archive(volume).StatAsync(path, cancellationToken);

    /// <summary>Unpacks a tar archive into a directory of the volume that exists. Argosy's own.</summary>
    public Task PutArchiveAsync(string volume, string path, Stream archive, CancellationToken cancellationToken = default) =>
        Archive(volume).PutAsync(path, archive, copyOwnership: false, cancellationToken);

    /// <summary>Everything in the volume as a tar archive. Argosy's own.</summary>
    public Task<Stream> ExportAsync(string volume, CancellationToken cancellationToken = default) =>
        transport.StreamAsync(HttpMethod.Get, OwnPath(volume, "export"), cancellationToken);

    /// <summary>Makes the volume's content that of a tar archive, all or nothing; one that is missing is made. Argosy's own.</summary>
    /// <param name="volume">Its name.</param>
    /// <param name="archive">The archive; it is read to its end.</param>
    /// <param name="replace">What the volume holds gives way; otherwise it must be empty.</param>
    /// <param name="cancellationToken">Stops sending; the volume is as it was.</param>
    public async Task ImportAsync(string volume, Stream archive, bool replace = false, CancellationToken cancellationToken = default)
    {
        await transport.NegotiateAsync(cancellationToken);
        await transport.SendAsync(HttpMethod.Put, new Query(OwnPath(volume, "import")).Add("replace", replace).ToString(), cancellationToken, EngineTransport.Tar(archive));
    }

    /// <summary>Makes a new volume with what another holds. Argosy's own.</summary>
    public Task<Volume> CloneAsync(string volume, VolumeCloneRequest request, CancellationToken cancellationToken = default) =>
        transport.PostAsync(OwnPath(volume, "clone"), VolumesJson.Default.Volume, cancellationToken, EngineTransport.Json(request, VolumesJson.Default.VolumeCloneRequest));

    private ArchiveEndpoint Archive(string volume) => new(transport, OwnPath(volume, "archive"));

    private static string OwnPath(string volume, string what) => $"/argosy/volumes/{Uri.EscapeDataString(volume)}/{what}";

    private static string Path(string volume) => "/volumes/" + Uri.EscapeDataString(volume);
}
