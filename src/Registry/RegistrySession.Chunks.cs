using System.Globalization;
using System.Net.Http.Headers;
using Argosy.Core;

namespace Argosy.Registry;

/// <content>Uploads in chunks (distribution spec, "Pushing a blob in chunks").</content>
public sealed partial class RegistrySession
{
    /// <summary>A chunk is kept in memory until the registry has it.</summary>
    private const int LargestChunk = 256 * 1024 * 1024;

    /// <summary>The chunk's bytes; null for one request. That suits a registry with a larger minimum too: the last chunk may be of any length.</summary>
    private int? ChunkOf(BegunUpload upload, long? size) =>
        options.UploadChunk is { } chunk && Math.Min(Math.Max(chunk, upload.LeastChunk), size ?? long.MaxValue) is <= LargestChunk and var bytes ? Math.Max(1, (int)bytes) : null;

    /// <summary>Sends what the registry does not have yet, a request for each chunk.</summary>
    private async Task<UploadAnswer> SendChunksAsync(
        Uri location, long done, Func<Stream, CancellationToken, Task<Digest>> write, int size, bool isLast, CancellationToken cancellationToken)
    {
        var chunks = new ChunkStream(size, async (chunk, token) =>
        {
            location = await SendChunkAsync(location, done, chunk, token);
            done += chunk.Length;
        });
        try
        {
            Digest digest = await write(done == 0 ? chunks : new SkippingStream(chunks, done), cancellationToken);
            await chunks.FinishAsync(cancellationToken);
            return new UploadAnswer(true, location, digest);
        }
        catch (UploadLostException) when (!isLast)
        {
            return new UploadAnswer(false, location, default);
        }
        catch (UploadLostException)
        {
            throw new RegistryException(RegistryError.Other, $"the registry forgot the upload {location} again and again");
        }
    }

    /// <summary>Sends one chunk, as often as it takes.</summary>
    /// <returns>Where the upload goes on.</returns>
    /// <exception cref="UploadLostException">The registry is not where the chunk begins.</exception>
    private async Task<Uri> SendChunkAsync(Uri location, long start, ReadOnlyMemory<byte> chunk, CancellationToken cancellationToken)
    {
        long end = start + chunk.Length;
        long at = start;
        for (int attempt = 1; ; attempt++)
        {
            long from = at;
            if (await PatchAsync(location, () => ChunkContent(chunk[(int)(from - start)..], from), attempt > options.Retries, cancellationToken) is { } next)
                return next;
            await Requester.Retries.WaitAsync(attempt, cancellationToken);
            (Uri? known, at) = await ProgressAsync(location, cancellationToken);
            if (known is null || at < start || at > end)
                throw new UploadLostException();
            location = known;
            if (at == end)
                return location;
            if (at > from)
                attempt = 0;
        }
    }

    private static ReadOnlyMemoryContent ChunkContent(ReadOnlyMemory<byte> bytes, long start)
    {
        var content = new ReadOnlyMemoryContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        // The distribution spec's form, without the unit that RFC 9110 has.
        content.Headers.TryAddWithoutValidation("Content-Range", string.Create(CultureInfo.InvariantCulture, $"{start}-{start + bytes.Length - 1}"));
        return content;
    }
}
