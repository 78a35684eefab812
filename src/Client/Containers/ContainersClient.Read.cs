using System.Net;
using System.Text.Json;
using Argosy.Client.Transport;
using Argosy.Contract.Containers;

namespace Argosy.Client;

public sealed partial class ContainersClient
{
    /// <summary>Running containers, or all of them, newest first.</summary>
    public Task<IReadOnlyList<ContainerSummary>> ListAsync(
        bool all = false, int? limit = null, bool size = false, Filters? filters = null, CancellationToken cancellationToken = default) =>
        transport.GetAsync(
            new Query("/containers/json").Add("all", all).Add("limit", limit).Add("size", size).AddFilters(filters).ToString(),
            ContainersJson.Default.IReadOnlyListContainerSummary, cancellationToken);

    /// <summary>Everything about one container.</summary>
    public Task<ContainerInspect> InspectAsync(string container, bool size = false, CancellationToken cancellationToken = default) =>
        transport.GetAsync(new Query(Path(container, "json")).Add("size", size).ToString(), ContainersJson.Default.ContainerInspect, cancellationToken);

    /// <summary>Everything about one container as the engine wrote it, fields this client does not know included.</summary>
    public Task<JsonDocument> InspectRawAsync(string container, bool size = false, CancellationToken cancellationToken = default) =>
        transport.DocumentAsync(new Query(Path(container, "json")).Add("size", size).ToString(), cancellationToken);

    /// <summary>The processes of a running container, as <c>ps</c> shows them.</summary>
    /// <param name="container">Which one.</param>
    /// <param name="psArguments">Arguments of ps(1); null is <c>-ef</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<ContainerTopResponse> TopAsync(string container, string? psArguments = null, CancellationToken cancellationToken = default) =>
        transport.GetAsync(new Query(Path(container, "top")).Add("ps_args", psArguments).ToString(), ContainersJson.Default.ContainerTopResponse, cancellationToken);

    /// <summary>What changed in the container's file system since it was made.</summary>
    public async Task<IReadOnlyList<FilesystemChange>> ChangesAsync(string container, CancellationToken cancellationToken = default) =>
        await transport.GetOrNullAsync(Path(container, "changes"), ContainersJson.Default.IReadOnlyListFilesystemChange, cancellationToken) ?? [];

    /// <summary>Output written so far, and what follows; in frames unless the container has a terminal.</summary>
    public Task<Stream> LogsAsync(string container, LogsOptions options, CancellationToken cancellationToken = default) =>
        transport.StreamAsync(HttpMethod.Get, options.AddTo(new Query(Path(container, "logs"))).ToString(), cancellationToken);

    /// <summary>Samples of resource use: one, or one each second until cancelled.</summary>
    /// <param name="container">Which one.</param>
    /// <param name="stream">Until cancelled.</param>
    /// <param name="oneShot">At once, without the second sample that processor percentages need.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async IAsyncEnumerable<ContainerStats> StatsAsync(
        string container, bool stream = true, bool oneShot = false,
        [global::System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string path = new Query(Path(container, "stats")).Add("stream", stream ? "1" : "0").Add("one-shot", oneShot).ToString();
        Stream lines = await transport.StreamAsync(HttpMethod.Get, path, cancellationToken);
        await foreach (ContainerStats sample in JsonLines.ReadAsync(lines, ContainersJson.Default.ContainerStats, cancellationToken))
            yield return sample;
    }

    /// <summary>Joins the input and output of a container.</summary>
    public Task<HijackedStream> AttachAsync(string container, AttachOptions options, CancellationToken cancellationToken = default) =>
        transport.HijackAsync(options.AddTo(new Query(Path(container, "attach"))).ToString(), ReadOnlyMemory<byte>.Empty, cancellationToken);

    /// <summary>A path of the container as a tar archive, and what it is.</summary>
    public Task<FileArchive> GetArchiveAsync(string container, string path, CancellationToken cancellationToken = default) =>
        Archive(container).GetAsync(path, cancellationToken);

    /// <summary>What a path of the container is; null when there is none.</summary>
    public Task<ContainerPathStat?> StatAsync(string container, string path, CancellationToken cancellationToken = default) =>
        Archive(container).StatAsync(path, cancellationToken);

    /// <summary>Unpacks a tar archive into a directory of the container.</summary>
    /// <param name="container">Which one.</param>
    /// <param name="path">A directory that exists.</param>
    /// <param name="archive">The archive; it is read to its end.</param>
    /// <param name="copyOwnership">Keeps the archive's user and group ids; otherwise the container's user owns the files.</param>
    /// <param name="cancellationToken">Stops sending.</param>
    public Task PutArchiveAsync(string container, string path, Stream archive, bool copyOwnership = false, CancellationToken cancellationToken = default) =>
        Archive(container).PutAsync(path, archive, copyOwnership, cancellationToken);

    /// <summary>The container's whole file system as a tar archive.</summary>
    public Task<Stream> ExportAsync(string container, CancellationToken cancellationToken = default) =>
        transport.StreamAsync(HttpMethod.Get, Path(container, "export"), cancellationToken);

    private ArchiveEndpoint Archive(string container) => new(transport, Path(container, "archive"));
}
