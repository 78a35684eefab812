using System.Net;
using System.Net.Http.Headers;
using Argosy.Core;

namespace Argosy.Registry;

/// <summary>A request's body that is made while it is sent, so that a layer is compressed straight into the connection.</summary>
internal sealed class WritingContent : HttpContent
{
    private readonly Func<Stream, CancellationToken, Task<Digest>> write;
    private readonly long start;
    private readonly long? size;
    private readonly CancellationToken cancellationToken;

    /// <param name="write">Writes the content whole.</param>
    /// <param name="start">Bytes that are not sent: the other side has them.</param>
    /// <param name="size">The whole content's length; null when only writing tells.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    internal WritingContent(Func<Stream, CancellationToken, Task<Digest>> write, long start, long? size, CancellationToken cancellationToken)
    {
        (this.write, this.start, this.size, this.cancellationToken) = (write, start, size, cancellationToken);
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        if (start > 0 && size is { } whole)
            // The distribution spec's form, without the unit that RFC 9110 has.
            Headers.TryAddWithoutValidation("Content-Range", $"{start}-{whole - 1}");
    }

    /// <summary>What was sent, whole; known afterwards.</summary>
    internal Digest Digest { get; private set; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        Digest = await write(start == 0 ? stream : new SkippingStream(stream, start), cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = (size ?? 0) - start;
        return size is not null;
    }
}
