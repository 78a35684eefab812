using System.Net;
using System.Net.Http.Headers;
using Argosy.Core;

namespace Argosy.Registry;

/// <summary>A request's body that is made while it is sent, so that a layer is compressed straight into the connection.</summary>
internal sealed class WritingContent : HttpContent
{
    private readonly Func<Stream, CancellationToken, Task<Digest>> write;
    private readonly long? size;
    private readonly CancellationToken cancellationToken;

    internal WritingContent(Func<Stream, CancellationToken, Task<Digest>> write, long? size, CancellationToken cancellationToken)
    {
        (this.write, this.size, this.cancellationToken) = (write, size, cancellationToken);
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
    }

    /// <summary>What was sent; known afterwards.</summary>
    internal Digest Digest { get; private set; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        Digest = await write(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = size ?? 0;
        return size is not null;
    }
}
