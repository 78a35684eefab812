using System.Net;
using System.Net.Http.Headers;
using Argosy.Core;

namespace Argosy.Registry;

/// <content>Bringing blobs and manifests to the registry.</content>
public sealed partial class RegistrySession
{
    /// <summary>True when the repository has the blob.</summary>
    public async Task<bool> HasBlobAsync(Digest digest, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await requester.SendAsync(() => new HttpRequestMessage(HttpMethod.Head, At($"blobs/{digest}")), cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.OK => true,
            HttpStatusCode.NotFound => false,
            _ => throw await ErrorReader.ReadAsync(response, cancellationToken),
        };
    }

    /// <summary>Asks the registry to take the blob from another of its repositories; false when it would not.</summary>
    public async Task<bool> TryMountBlobAsync(Digest digest, string fromRepository, CancellationToken cancellationToken)
    {
        requester.Authenticator.AddScope($"repository:{fromRepository}:pull");
        using HttpResponseMessage response = await requester.SendAsync(
            () => Empty(HttpMethod.Post, At($"blobs/uploads/?mount={digest}&from={Uri.EscapeDataString(fromRepository)}")), cancellationToken);
        if (response.StatusCode == HttpStatusCode.Created)
            return true;
        // An upload was begun instead. It is not used: a refused mount is rare, and the upload expires by itself.
        return false;
    }

    /// <summary>Uploads a blob: one streamed request, then the commit with the digest.</summary>
    /// <param name="write">Writes the content, from its start at every attempt, and gives its digest.</param>
    /// <param name="size">The content's length; null when only writing tells.</param>
    /// <param name="cancellationToken">Ends it; the registry forgets what it got.</param>
    /// <returns>The digest that <paramref name="write"/> gave.</returns>
    public async Task<Digest> UploadBlobAsync(Func<Stream, CancellationToken, Task<Digest>> write, long? size, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await UploadOnceAsync(write, size, cancellationToken);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException && attempt <= options.Retries)
            {
                await Task.Delay(Requester.Backoff(attempt, null), requester.Clock, cancellationToken);
            }
            catch (HttpRequestException exception)
            {
                throw new RegistryException(RegistryError.Unreachable, exception.Message, exception);
            }
        }
    }

    /// <summary>Stores a manifest under a tag or its digest; everything that it names must be there.</summary>
    public async Task<Digest> PutManifestAsync(string reference, string mediaType, byte[] content, CancellationToken cancellationToken)
    {
        HttpRequestMessage Make() => new(HttpMethod.Put, At($"manifests/{reference}"))
        {
            Content = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } },
        };
        using HttpResponseMessage response = await requester.SendAsync(Make, cancellationToken);
        return response.IsSuccessStatusCode ? Digest.Of(content) : throw await ErrorReader.ReadAsync(response, cancellationToken);
    }

    private async Task<Digest> UploadOnceAsync(Func<Stream, CancellationToken, Task<Digest>> write, long? size, CancellationToken cancellationToken)
    {
        Uri location = await BeginUploadAsync(cancellationToken);
        var content = new WritingContent(write, size, cancellationToken);
        using HttpResponseMessage patched = await requester.SendOnceAsync(
            () => new HttpRequestMessage(HttpMethod.Patch, location) { Content = content }, cancellationToken);
        if (!patched.IsSuccessStatusCode)
            throw await ErrorReader.ReadAsync(patched, cancellationToken);
        Uri commit = WithDigest(Location(patched, location), content.Digest);
        using HttpResponseMessage put = await requester.SendAsync(() => Empty(HttpMethod.Put, commit), cancellationToken);
        return put.IsSuccessStatusCode ? content.Digest : throw await ErrorReader.ReadAsync(put, cancellationToken);
    }

    private async Task<Uri> BeginUploadAsync(CancellationToken cancellationToken)
    {
        Uri address = At("blobs/uploads/");
        using HttpResponseMessage response = await requester.SendAsync(() => Empty(HttpMethod.Post, address), cancellationToken);
        return response.StatusCode == HttpStatusCode.Accepted ? Location(response, address) : throw await ErrorReader.ReadAsync(response, cancellationToken);
    }

    private static HttpRequestMessage Empty(HttpMethod method, Uri address) => new(method, address) { Content = new ByteArrayContent([]) };

    private static Uri Location(HttpResponseMessage response, Uri request) => response.Headers.Location is { } location
        ? new Uri(request, location)
        : throw new RegistryException(RegistryError.Other, $"the registry gave no location for {request}");

    private static Uri WithDigest(Uri location, Digest digest) =>
        new($"{location}{(string.IsNullOrEmpty(location.Query) ? '?' : '&')}digest={Uri.EscapeDataString(digest.ToString())}");
}
