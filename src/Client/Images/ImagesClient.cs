using Argosy.Client.Transport;
using Argosy.Contract.Progress;

namespace Argosy.Client;

/// <summary>Requests about images.</summary>
public sealed partial class ImagesClient
{
    private readonly EngineTransport transport;

    internal ImagesClient(EngineTransport transport) => this.transport = transport;

    /// <summary>Fetches an image from its registry; an error within the stream is a message, not an exception.</summary>
    /// <param name="repository">The image's name without its tag.</param>
    /// <param name="tag">A tag or a digest; null fetches every tag.</param>
    /// <param name="platform">Which of several images under one name.</param>
    /// <param name="credentials">The content of <c>X-Registry-Auth</c> (base64); null for none.</param>
    /// <param name="cancellationToken">Ends the pull.</param>
    public IAsyncEnumerable<ProgressMessage> PullAsync(
        string repository, string? tag, string? platform = null, string? credentials = null, CancellationToken cancellationToken = default) =>
        ProgressAsync(
            new Query("/images/create").Add("fromImage", repository).Add("tag", tag).Add("platform", platform).ToString(), null, credentials, cancellationToken);

    private async IAsyncEnumerable<ProgressMessage> ProgressAsync(
        string path, Func<HttpContent>? content, string? credentials,
        [global::System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<string, string>? headers = credentials is null ? null : new() { ["X-Registry-Auth"] = credentials };
        Stream lines = await transport.StreamAsync(HttpMethod.Post, path, cancellationToken, content, headers);
        await foreach (ProgressMessage message in JsonLines.ReadAsync(lines, ProgressJson.Default.ProgressMessage, cancellationToken))
            yield return message;
    }
}
