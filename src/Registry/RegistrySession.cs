using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Argosy.Core;

namespace Argosy.Registry;

/// <summary>Talks with one repository of one registry. Safe to use from several tasks.</summary>
public sealed partial class RegistrySession : IDisposable
{
    private const int ManifestLimit = 4 * 1024 * 1024;

    private static readonly string[] ManifestTypes =
    [
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json",
        "application/vnd.docker.distribution.manifest.v1+prettyjws",
        "*/*",
    ];

    private readonly Requester requester;
    private readonly Uri root;
    private readonly string repository;
    private readonly RegistryOptions options;

    internal RegistrySession(Requester requester, Uri root, string repository, RegistryOptions options) =>
        (this.requester, this.root, this.repository, this.options) = (requester, root, repository, options);

    /// <summary>Gets a manifest or an index by tag or digest, and verifies it.</summary>
    /// <param name="reference">A tag, or a digest.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RegistryException">The registry refused; <see cref="RegistryError.ManifestUnknown"/> among others.</exception>
    /// <exception cref="EngineException">The content is not what was asked for.</exception>
    public async Task<RegistryManifest> GetManifestAsync(string reference, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await requester.SendAsync(() => ManifestRequest(HttpMethod.Get, reference), cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw await ManifestErrorAsync(response, cancellationToken);
        byte[] content = await ReadLimitedAsync(response, cancellationToken);
        Digest digest = Digest.Of(content);
        if (Digest.TryParse(reference, out Digest wanted) && wanted != digest)
            throw EngineException.Invalid($"manifest verification failed for digest {wanted}");
        return new RegistryManifest(response.Content.Headers.ContentType?.MediaType ?? "", digest, content);
    }

    /// <summary>Asks what a tag points at, without its content where the registry tells the digest in a header.</summary>
    public async Task<(string MediaType, Digest Digest, long Size)> HeadManifestAsync(string reference, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await requester.SendAsync(() => ManifestRequest(HttpMethod.Head, reference), cancellationToken);
        if (response.IsSuccessStatusCode && response.Headers.TryGetValues("Docker-Content-Digest", out IEnumerable<string>? values)
            && Digest.TryParse(values.FirstOrDefault(), out Digest digest))
            return (response.Content.Headers.ContentType?.MediaType ?? "", digest, response.Content.Headers.ContentLength ?? 0);
        RegistryManifest manifest = await GetManifestAsync(reference, cancellationToken);
        return (manifest.MediaType, manifest.Digest, manifest.Content.Length);
    }

    /// <summary>All tags of the repository.</summary>
    public async Task<IReadOnlyList<string>> ListTagsAsync(CancellationToken cancellationToken)
    {
        var tags = new List<string>();
        Uri? page = At("tags/list");
        while (page is not null)
        {
            Uri address = page;
            using HttpResponseMessage response = await requester.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, address), cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw await ErrorReader.ReadAsync(response, cancellationToken);
            TagList? list = JsonSerializer.Deserialize(await ReadLimitedAsync(response, cancellationToken), RegistryJson.Default.TagList);
            tags.AddRange(list?.Tags ?? []);
            page = NextPage(response, address);
        }
        return tags;
    }

    /// <summary>Opens a blob for reading. The stream resumes by itself when the connection breaks, and ends with an error when bytes are missing.</summary>
    /// <remarks>The digest is the reader's to verify: it hashes what it stores anyway.</remarks>
    public async Task<Stream> OpenBlobAsync(Digest digest, long size, CancellationToken cancellationToken)
    {
        var stream = new ResumingStream(requester, At($"blobs/{digest}"), size, options);
        await stream.ConnectAsync(cancellationToken);
        return stream;
    }

    /// <summary>Reads a small blob (an image's configuration) whole, and verifies it.</summary>
    public async Task<byte[]> GetBlobAsync(Digest digest, long size, CancellationToken cancellationToken)
    {
        if (size > ManifestLimit)
            throw EngineException.Invalid($"content {digest} is {size} bytes long, more than a document may be");
        await using Stream stream = await OpenBlobAsync(digest, size, cancellationToken);
        byte[] content = new byte[size];
        await stream.ReadExactlyAsync(content, cancellationToken);
        return Digest.Of(content) == digest ? content : throw EngineException.Invalid($"verification failed for digest {digest}");
    }

    /// <inheritdoc/>
    public void Dispose() => requester.Dispose();

    private Uri At(string path) => new(root, $"{repository}/{path}");

    private HttpRequestMessage ManifestRequest(HttpMethod method, string reference)
    {
        var request = new HttpRequestMessage(method, At($"manifests/{reference}"));
        foreach (string type in ManifestTypes)
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        return request;
    }

    /// <summary>Some registries say only 404.</summary>
    private static async Task<RegistryException> ManifestErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        RegistryException error = await ErrorReader.ReadAsync(response, cancellationToken);
        return response.StatusCode == HttpStatusCode.NotFound && error.Error == RegistryError.Other
            ? new RegistryException(RegistryError.ManifestUnknown, "manifest unknown") : error;
    }

    private static async Task<byte[]> ReadLimitedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var content = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        for (int read; (read = await body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (content.Length + read > ManifestLimit)
                throw EngineException.Invalid($"the registry's answer is longer than {ManifestLimit} bytes");
            content.Write(buffer, 0, read);
        }
        return content.ToArray();
    }

    /// <summary>RFC 5988: <c>Link: &lt;/v2/x/tags/list?last=b&gt;; rel="next"</c>.</summary>
    private static Uri? NextPage(HttpResponseMessage response, Uri current)
    {
        if (!response.Headers.TryGetValues("Link", out IEnumerable<string>? links) || links.FirstOrDefault(link => link.Contains("rel=\"next\"", StringComparison.Ordinal)) is not { } link)
            return null;
        int start = link.IndexOf('<', StringComparison.Ordinal);
        int end = link.IndexOf('>', StringComparison.Ordinal);
        return start >= 0 && end > start ? new Uri(current, link[(start + 1)..end]) : null;
    }
}
