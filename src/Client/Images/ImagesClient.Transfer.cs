using Argosy.Client.Transport;
using Argosy.Contract.Progress;

namespace Argosy.Client;

/// <remarks>The operations that report progress: an error that happens after they began is a message of the stream, not an exception.</remarks>
public sealed partial class ImagesClient
{
    /// <summary>Fetches an image from its registry.</summary>
    /// <param name="repository">The image's name without its tag.</param>
    /// <param name="tag">A tag or a digest; null fetches every tag.</param>
    /// <param name="platform">Which of several images under one name.</param>
    /// <param name="credentials">The content of <c>X-Registry-Auth</c>; null for none.</param>
    /// <param name="cancellationToken">Ends the pull.</param>
    public IAsyncEnumerable<ProgressMessage> PullAsync(
        string repository, string? tag, string? platform = null, string? credentials = null, CancellationToken cancellationToken = default) =>
        ProgressAsync(
            new Query("/images/create").Add("fromImage", repository).Add("tag", tag).Add("platform", platform).ToString(), null, Auth(credentials), cancellationToken);

    /// <summary>Sends an image to its registry.</summary>
    /// <param name="repository">The image's name without its tag.</param>
    /// <param name="tag">A tag; null sends every tag.</param>
    /// <param name="platform">One platform of several.</param>
    /// <param name="credentials">The content of <c>X-Registry-Auth</c>; the engine wants the header even when there are none.</param>
    /// <param name="cancellationToken">Ends the push.</param>
    public IAsyncEnumerable<ProgressMessage> PushAsync(
        string repository, string? tag, string? platform = null, string? credentials = null, CancellationToken cancellationToken = default) =>
        ProgressAsync(
            new Query(Path(repository, "push")).Add("tag", tag).Add("platform", PlatformJson(platform)).ToString(), null, Auth(credentials ?? "e30="), cancellationToken);

    /// <summary>Makes an image of one file system archive.</summary>
    /// <param name="archive">The archive; null when <paramref name="source"/> is an address that the engine fetches.</param>
    /// <param name="source">An address, or "-" for the archive.</param>
    /// <param name="repository">The new image's name; null gives it none.</param>
    /// <param name="tag">The new image's tag.</param>
    /// <param name="message">A comment.</param>
    /// <param name="platform">The new image's platform.</param>
    /// <param name="changes">Dockerfile instructions.</param>
    /// <param name="cancellationToken">Ends the import.</param>
    public IAsyncEnumerable<ProgressMessage> ImportAsync(
        Stream? archive, string source, string? repository, string? tag, string? message, string? platform, IReadOnlyList<string> changes,
        CancellationToken cancellationToken = default) =>
        ProgressAsync(
            new Query("/images/create").Add("fromSrc", source).Add("repo", repository).Add("tag", tag).Add("message", message)
                .Add("platform", platform).Add("changes", changes).ToString(),
            archive is null ? null : EngineTransport.Tar(archive), null, cancellationToken);

    /// <summary>Loads images from an archive that <see cref="SaveAsync"/>, docker save or an OCI tool wrote.</summary>
    public IAsyncEnumerable<ProgressMessage> LoadAsync(Stream archive, bool quiet = false, string? platform = null, CancellationToken cancellationToken = default) =>
        ProgressAsync(
            new Query("/images/load").Add("quiet", quiet).Add("platform", PlatformJson(platform)).ToString(), EngineTransport.Tar(archive), null, cancellationToken);

    private static Dictionary<string, string>? Auth(string? credentials) => credentials is null ? null : new() { ["X-Registry-Auth"] = credentials };
}
