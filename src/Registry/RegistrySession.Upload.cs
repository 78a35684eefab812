using System.Globalization;
using System.Net;
using Argosy.Core;

namespace Argosy.Registry;

/// <content>Bringing blobs to the registry.</content>
public sealed partial class RegistrySession
{
    /// <summary>
    /// Uploads a blob: one streamed request, or chunks where the options say so, then the commit with the digest. When the connection
    /// breaks, the registry is asked how far it got, and the upload goes on there; a registry that does not know gets all of it again.
    /// </summary>
    /// <param name="write">Writes the content, from its start and with the same bytes at every attempt, and gives its digest.</param>
    /// <param name="size">The content's length; null when only writing tells.</param>
    /// <param name="begun">An upload that a mount began; null to begin one.</param>
    /// <param name="cancellationToken">Ends it; the registry forgets what it got.</param>
    /// <returns>The digest that <paramref name="write"/> gave.</returns>
    public async Task<Digest> UploadBlobAsync(Func<Stream, CancellationToken, Task<Digest>> write, long? size, BegunUpload? begun, CancellationToken cancellationToken)
    {
        BegunUpload? upload = begun;
        long done = 0;
        for (int attempt = 1; ; attempt++)
        {
            upload ??= await BeginUploadAsync(cancellationToken);
            bool isLast = attempt > options.Retries;
            UploadAnswer answer = ChunkOf(upload, size) is { } chunk
                ? await SendChunksAsync(upload.Location, done, write, chunk, isLast, cancellationToken)
                : await SendAsync(upload.Location, done, write, size, isLast, cancellationToken);
            if (answer.IsSent)
                return await CommitAsync(answer.Location, answer.Digest, cancellationToken);
            await Requester.Retries.WaitAsync(attempt, cancellationToken);
            long before = done;
            (Uri? location, done) = await ProgressAsync(answer.Location, cancellationToken);
            upload = location is null ? null : upload with { Location = location };
            if (done > before)
                attempt = 0;
        }
    }

    /// <summary>Sends what the registry does not have yet, in one request.</summary>
    /// <param name="location">The upload.</param>
    /// <param name="done">Bytes that the registry has.</param>
    /// <param name="write">Writes all of the content.</param>
    /// <param name="size">The content's length.</param>
    /// <param name="isLast">True: what fails now fails for good.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private async Task<UploadAnswer> SendAsync(
        Uri location, long done, Func<Stream, CancellationToken, Task<Digest>> write, long? size, bool isLast, CancellationToken cancellationToken)
    {
        var content = new WritingContent(write, done, size, cancellationToken);
        return await PatchAsync(location, () => content, isLast, cancellationToken) is { } next ? new UploadAnswer(true, next, content.Digest) : new UploadAnswer(false, location, default);
    }

    /// <summary>Sends bytes to an upload.</summary>
    /// <param name="location">The upload.</param>
    /// <param name="content">The request's body.</param>
    /// <param name="isLast">True: what fails now fails for good.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Where the upload goes on; null when the connection broke or the registry was busy.</returns>
    private async Task<Uri?> PatchAsync(Uri location, Func<HttpContent> content, bool isLast, CancellationToken cancellationToken)
    {
        HttpRequestMessage Make() => new(HttpMethod.Patch, location) { Content = content() };
        try
        {
            using HttpResponseMessage patched = await Requester.SendOnceAsync(Make, cancellationToken);
            if (patched.IsSuccessStatusCode)
                return Location(patched, location);
            // 404: it has forgotten the upload, and says so when asked how far it got.
            bool passes = (int)patched.StatusCode >= 500
                || patched.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestedRangeNotSatisfiable or HttpStatusCode.NotFound;
            return passes && !isLast ? null : throw await ErrorReader.ReadAsync(patched, cancellationToken);
        }
        catch (HttpRequestException exception) when (isLast)
        {
            throw RetryPolicy.Unreachable(Make, exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException && !isLast)
        {
            return null;
        }
    }

    /// <summary>How far an upload got (distribution spec, "Pushing a blob in chunks"); a new one when the registry does not say.</summary>
    private async Task<(Uri? Location, long Done)> ProgressAsync(Uri location, CancellationToken cancellationToken)
    {
        using HttpResponseMessage status = await Requester.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, location), cancellationToken);
        // "0-1023": the last byte is told. "0-0" is what registries say of an empty upload, so one byte is as good as none.
        if (!status.IsSuccessStatusCode || !status.Headers.TryGetValues("Range", out IEnumerable<string>? values)
            || !long.TryParse(values.First().Split('-')[^1], out long last) || last <= 0)
            return (null, 0);
        return (status.Headers.Location is null ? location : Location(status, location), last + 1);
    }

    private async Task<Digest> CommitAsync(Uri location, Digest digest, CancellationToken cancellationToken)
    {
        var commit = new Uri($"{location}{(string.IsNullOrEmpty(location.Query) ? '?' : '&')}digest={Uri.EscapeDataString(digest.ToString())}");
        using HttpResponseMessage put = await Requester.SendAsync(() => Empty(HttpMethod.Put, commit), cancellationToken);
        // 404: it knows of no such upload. Where the answer to an earlier attempt was lost, that is because the blob is there.
        bool isThere = put.IsSuccessStatusCode || (put.StatusCode == HttpStatusCode.NotFound && await HasBlobAsync(digest, cancellationToken));
        return isThere ? digest : throw await ErrorReader.ReadAsync(put, cancellationToken);
    }

    private async Task<BegunUpload> BeginUploadAsync(CancellationToken cancellationToken)
    {
        Uri address = At("blobs/uploads/");
        using HttpResponseMessage response = await Requester.SendAsync(() => Empty(HttpMethod.Post, address), cancellationToken);
        return response.StatusCode == HttpStatusCode.Accepted ? Begun(response, address) : throw await ErrorReader.ReadAsync(response, cancellationToken);
    }

    /// <summary>The upload that a registry says it has begun, with the chunks it wants (distribution spec, "OCI-Chunk-Min-Length").</summary>
    private static BegunUpload Begun(HttpResponseMessage response, Uri request)
    {
        bool says = response.Headers.TryGetValues("OCI-Chunk-Min-Length", out IEnumerable<string>? values);
        return new BegunUpload(Location(response, request), says && long.TryParse(values!.First(), CultureInfo.InvariantCulture, out long least) ? least : 0);
    }

    /// <summary>Sent whole or not, and where the upload goes on or can be asked for.</summary>
    private readonly record struct UploadAnswer(bool IsSent, Uri Location, Digest Digest);
}
