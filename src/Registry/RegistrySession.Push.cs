using System.Net;
using System.Net.Http.Headers;
using Argosy.Core;

namespace Argosy.Registry;

/// <content>Bringing manifests to the registry, and finding out what it has.</content>
public sealed partial class RegistrySession
{
    /// <summary>True when the repository has the blob.</summary>
    public async Task<bool> HasBlobAsync(Digest digest, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await Requester.SendAsync(() => new HttpRequestMessage(HttpMethod.Head, At($"blobs/{digest}")), cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.OK => true,
            HttpStatusCode.NotFound => false,
            _ => throw await ErrorReader.ReadAsync(response, cancellationToken),
        };
    }

    /// <summary>Asks the registry to take the blob from another of its repositories.</summary>
    /// <returns>Mounted, or the upload that the registry began instead, to be used for the blob; neither when it refused.</returns>
    public async Task<MountAnswer> MountBlobAsync(Digest digest, string fromRepository, CancellationToken cancellationToken)
    {
        Uri address = At($"blobs/uploads/?mount={digest}&from={Uri.EscapeDataString(fromRepository)}");
        using HttpResponseMessage response = await Requester.SendAsync(() => Empty(HttpMethod.Post, address), cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.Created => new MountAnswer(true, null),
            HttpStatusCode.Accepted => new MountAnswer(false, Begun(response, address)),
            // Not allowed to read there, or mounting is not known here: the blob goes the long way.
            _ => new MountAnswer(false, null),
        };
    }

    /// <summary>Stores a manifest under a tag or its digest; everything that it names must be there.</summary>
    public async Task<Digest> PutManifestAsync(string reference, string mediaType, byte[] content, CancellationToken cancellationToken)
    {
        HttpRequestMessage Make() => new(HttpMethod.Put, At($"manifests/{reference}"))
        {
            Content = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } },
        };
        using HttpResponseMessage response = await Requester.SendAsync(Make, cancellationToken);
        return response.IsSuccessStatusCode ? Digest.Of(content) : throw await ErrorReader.ReadAsync(response, cancellationToken);
    }

    private static HttpRequestMessage Empty(HttpMethod method, Uri address) => new(method, address) { Content = new ByteArrayContent([]) };

    private static Uri Location(HttpResponseMessage response, Uri request) => response.Headers.Location is { } location
        ? new Uri(request, location)
        : throw new RegistryException(RegistryError.Other, $"the registry gave no location for {request}");
}
