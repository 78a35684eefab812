using System.Runtime.CompilerServices;
using System.Text.Json;
using Argosy.Client.Transport;
using Argosy.Contract.Containers;
using Argosy.Contract.Images;
using Argosy.Contract.Progress;

namespace Argosy.Client;

/// <summary>Requests about images. An image is named by a reference (<c>busybox:1.36</c>, <c>name@sha256:…</c>) or its id.</summary>
public sealed partial class ImagesClient
{
    private readonly EngineTransport transport;

    internal ImagesClient(EngineTransport transport) => this.transport = transport;

    /// <summary>All images.</summary>
    public Task<IReadOnlyList<ImageSummary>> ListAsync(
        bool all = false, bool digests = false, bool sharedSize = false, Filters? filters = null, CancellationToken cancellationToken = default) =>
        transport.GetAsync(
            new Query("/images/json").Add("all", all).Add("digests", digests).Add("shared-size", sharedSize).AddFilters(filters).ToString(),
            ImagesJson.Default.IReadOnlyListImageSummary, cancellationToken);

    /// <summary>Everything about one image.</summary>
    public Task<ImageInspect> InspectAsync(string image, CancellationToken cancellationToken = default) =>
        transport.GetAsync(Path(image, "json"), ImagesJson.Default.ImageInspect, cancellationToken);

    /// <summary>Everything about one image as the engine wrote it.</summary>
    public Task<JsonDocument> InspectRawAsync(string image, CancellationToken cancellationToken = default) =>
        transport.DocumentAsync(Path(image, "json"), cancellationToken);

    /// <summary>The layers of an image and the instructions that made them, newest first.</summary>
    public Task<IReadOnlyList<ImageHistoryItem>> HistoryAsync(string image, string? platform = null, CancellationToken cancellationToken = default) =>
        transport.GetAsync(
            new Query(Path(image, "history")).Add("platform", PlatformJson(platform)).ToString(), ImagesJson.Default.IReadOnlyListImageHistoryItem, cancellationToken);

    /// <summary>Gives an image another name.</summary>
    public Task TagAsync(string image, string repository, string? tag, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Post, new Query(Path(image, "tag")).Add("repo", repository).Add("tag", tag).ToString(), cancellationToken);

    /// <summary>Searches Docker Hub, or the registry whose host the term begins with.</summary>
    /// <param name="term">What to look for.</param>
    /// <param name="limit">The most results, 1 to 100; null is 25.</param>
    /// <param name="filters"><c>is-official</c>, <c>stars</c>.</param>
    /// <param name="credentials">The content of <c>X-Registry-Auth</c>; null for none.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<IReadOnlyList<ImageSearchItem>> SearchAsync(
        string term, int? limit = null, Filters? filters = null, string? credentials = null, CancellationToken cancellationToken = default)
    {
        string path = new Query("/images/search").Add("term", term).Add("limit", limit).AddFilters(filters).ToString();
        await using Stream answer = await transport.StreamAsync(HttpMethod.Get, path, cancellationToken, headers: Auth(credentials));
        return await JsonSerializer.DeserializeAsync(answer, ImagesJson.Default.IReadOnlyListImageSearchItem, cancellationToken) ?? [];
    }

    /// <summary>Removes a name, and the image when it was its last one.</summary>
    /// <param name="image">A name or an id.</param>
    /// <param name="force">Also when a stopped container uses it.</param>
    /// <param name="noPrune">Keeps parents without a name.</param>
    /// <param name="platforms">Only what is for one of them.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<IReadOnlyList<ImageDeleteItem>> RemoveAsync(
        string image, bool force = false, bool noPrune = false, IReadOnlyList<string>? platforms = null, CancellationToken cancellationToken = default) =>
        transport.DeleteAsync(
            new Query(Path(image)).Add("force", force).Add("noprune", noPrune).Add("platforms", [.. (platforms ?? []).Select(platform => PlatformJson(platform)!)]).ToString(), ImagesJson.Default.IReadOnlyListImageDeleteItem, cancellationToken);

    /// <summary>Removes images that no container uses: those without a name, or with the filter <c>dangling=false</c> all of them.</summary>
    public Task<ImagePruneResponse> PruneAsync(Filters? filters = null, CancellationToken cancellationToken = default) =>
        transport.PostAsync(new Query("/images/prune").AddFilters(filters).ToString(), ImagesJson.Default.ImagePruneResponse, cancellationToken);

    /// <summary>Makes an image of a container's file system.</summary>
    /// <returns>The image's id.</returns>
    public async Task<string> CommitAsync(
        string container, string? repository, string? tag, string? comment, string? author, IReadOnlyList<string> changes, bool pause,
        CancellationToken cancellationToken = default)
    {
        string path = new Query("/commit").Add("container", container).Add("repo", repository).Add("tag", tag).Add("comment", comment)
            .Add("author", author).Add("changes", changes).Add("pause", pause ? "1" : "0").ToString();
        return (await transport.PostAsync(path, ContainersJson.Default.IdResponse, cancellationToken)).Id;
    }

    /// <summary>Images as one archive, for <see cref="LoadAsync"/>.</summary>
    public Task<Stream> SaveAsync(IReadOnlyList<string> images, string? platform = null, CancellationToken cancellationToken = default) =>
        transport.StreamAsync(HttpMethod.Get, new Query("/images/get").Add("names", images).Add("platform", PlatformJson(platform)).ToString(), cancellationToken);

    private static string Path(string image, string? verb = null)
    {
        // A slash in the name stays a slash: the engine's routes expect it so.
        string name = string.Join('/', image.Split('/').Select(Uri.EscapeDataString));
        return verb is null ? $"/images/{name}" : $"/images/{name}/{verb}";
    }

    /// <summary>os/arch/variant as the OCI platform object that the engine takes.</summary>
    private static string? PlatformJson(string? platform)
    {
        if (platform is null)
            return null;
        string[] parts = platform.Split('/');
        var value = new Contract.OciPlatform { Os = parts[0], Architecture = parts.ElementAtOrDefault(1) ?? "", Variant = parts.ElementAtOrDefault(2) };
        return JsonSerializer.Serialize(value, ContainersJson.Default.OciPlatform);
    }

    private async IAsyncEnumerable<ProgressMessage> ProgressAsync(
        string path, Func<HttpContent>? content, Dictionary<string, string>? headers, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (content is not null)
            await transport.NegotiateAsync(cancellationToken);
        Stream lines = await transport.StreamAsync(HttpMethod.Post, path, cancellationToken, content, headers);
        await foreach (ProgressMessage message in JsonLines.ReadAsync(lines, ProgressJson.Default.ProgressMessage, cancellationToken))
            yield return message;
    }
}
