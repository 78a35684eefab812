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

    private readonly IReadOnlyList<RegistryEndpoint> endpoints;
    private readonly string repository;
    private readonly RegistryOptions options;
    private int serving;

    /// <summary>Takes over the endpoints: mirrors first, the registry itself last.</summary>
    internal RegistrySession(IReadOnlyList<RegistryEndpoint> endpoints, string repository, RegistryOptions options) =>
        (this.endpoints, this.repository, this.options) = (endpoints, repository, options);

    /// <summary>The registry itself: what only it can answer, and everything that is written.</summary>
    private Requester Requester => endpoints[^1].Requester;

    /// <summary>Gets a manifest or an index by tag or digest, and verifies it.</summary>
    /// <param name="reference">A tag, or a digest.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RegistryException">The registry refused; <see cref="RegistryError.ManifestUnknown"/> among others.</exception>
    /// <exception cref="EngineException">The content is not what was asked for.</exception>
    public Task<RegistryManifest> GetManifestAsync(string reference, CancellationToken cancellationToken) =>
        AskAsync(endpoint => GetManifestAsync(endpoint, reference, cancellationToken));

    /// <summary>All tags of the repository.</summary>
    public Task<IReadOnlyList<string>> ListTagsAsync(CancellationToken cancellationToken) =>
        AskAsync(endpoint => ListTagsAsync(endpoint, cancellationToken));

    /// <summary>Opens a blob for reading. The stream resumes by itself when the connection breaks, and ends with an error when bytes are missing.</summary>
    /// <remarks>The digest is the reader's to verify: it hashes what it stores anyway.</remarks>
    public async Task<Stream> OpenBlobAsync(Digest digest, long size, CancellationToken cancellationToken)
    {
        BlobPlace[] places = [.. endpoints.Skip(Volatile.Read(ref serving)).Select(endpoint => new BlobPlace(endpoint.Requester, At(endpoint, $"blobs/{digest}")))];
        var stream = new ResumingStream(places, size, options);
        try
        {
            await stream.ConnectAsync(cancellationToken);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
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
    public void Dispose()
    {
        foreach (RegistryEndpoint endpoint in endpoints)
            endpoint.Dispose();
    }

    /// <summary>Asks the mirrors, then the registry. Whoever answered is asked first from then on; the registry's own refusal is the one that counts.</summary>
    private async Task<T> AskAsync<T>(Func<RegistryEndpoint, Task<T>> ask)
    {
        for (int i = Volatile.Read(ref serving); ; i++)
        {
            try
            {
                T answer = await ask(endpoints[i]);
                Volatile.Write(ref serving, i);
                return answer;
            }
            catch (Exception exception) when (i + 1 < endpoints.Count && (exception is RegistryException or EngineException or HttpRequestException or IOException or JsonException))
            {
                // A mirror is a convenience: whatever is wrong with it, the next one is asked.
            }
        }
    }

    private async Task<RegistryManifest> GetManifestAsync(RegistryEndpoint endpoint, string reference, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await endpoint.Requester.SendAsync(() => ManifestRequest(At(endpoint, $"manifests/{reference}")), cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw await ManifestErrorAsync(response, cancellationToken);
        byte[] content = await ReadLimitedAsync(response, cancellationToken);
        Digest digest = Digest.Of(content);
        if (Digest.TryParse(reference, out Digest wanted) && wanted != digest)
            throw EngineException.Invalid($"manifest verification failed for digest {wanted}");
        return new RegistryManifest(response.Content.Headers.ContentType?.MediaType ?? "", digest, content);
    }

    private async Task<IReadOnlyList<string>> ListTagsAsync(RegistryEndpoint endpoint, CancellationToken cancellationToken)
    {
        var tags = new List<string>();
        Uri? page = At(endpoint, "tags/list");
        while (page is not null)
        {
            Uri address = page;
            using HttpResponseMessage response = await endpoint.Requester.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, address), cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw await ErrorReader.ReadAsync(response, cancellationToken);
            TagList? list = JsonSerializer.Deserialize(await ReadLimitedAsync(response, cancellationToken), RegistryJson.Default.TagList);
            tags.AddRange(list?.Tags ?? []);
            page = NextPage(response, address);
        }
        return tags;
    }

    private Uri At(string path) => At(endpoints[^1], path);

    private Uri At(RegistryEndpoint endpoint, string path) => new(endpoint.Root, $"{repository}/{path}");

    private static HttpRequestMessage ManifestRequest(Uri address)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
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
