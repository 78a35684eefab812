using System.Net;
using System.Net.Http.Headers;

namespace Argosy.Registry;

/// <summary>A blob's content: when the connection breaks or falls silent, it goes on by <c>Range</c> where it was.</summary>
internal sealed class ResumingStream(Requester requester, Uri address, long size, RegistryOptions options) : Stream
{
    private HttpResponseMessage? response;
    private Stream? body;
    private long position;
    private int failures;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => size;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    /// <summary>Opens the connection, so that a refusal is heard at once.</summary>
    internal async Task ConnectAsync(CancellationToken cancellationToken)
    {
        response = await requester.SendAsync(MakeRequest, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            RegistryException error = await ErrorReader.ReadAsync(response, cancellationToken);
            throw response.StatusCode == HttpStatusCode.NotFound && error.Error == RegistryError.Other ? new RegistryException(RegistryError.BlobUnknown, "blob unknown to registry") : error;
        }
        body = await response.Content.ReadAsStreamAsync(cancellationToken);
        if (position > 0 && response.StatusCode != HttpStatusCode.PartialContent)
            await SkipAsync(position, cancellationToken);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (position < size)
        {
            int read = await TryReadAsync(buffer[..(int)Math.Min(buffer.Length, size - position)], cancellationToken);
            if (read > 0)
            {
                position += read;
                failures = 0;
                return read;
            }
            await ReconnectAsync(cancellationToken);
        }
        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("read it asynchronously");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        response?.Dispose();
        base.Dispose(disposing);
    }

    private HttpRequestMessage MakeRequest()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (position > 0)
            request.Headers.Range = new RangeHeaderValue(position, null);
        return request;
    }

    /// <summary>0 when the connection is gone, whichever way.</summary>
    private async Task<int> TryReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        idle.CancelAfter(options.IdleTimeout);
        try
        {
            return await body!.ReadAsync(buffer, idle.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            return 0;
        }
    }

    private async Task ReconnectAsync(CancellationToken cancellationToken)
    {
        if (++failures > options.Retries)
            throw new RegistryException(RegistryError.Unreachable, $"the connection broke after {position} of {size} bytes of {address}");
        response?.Dispose();
        await Task.Delay(Requester.Backoff(failures, null), requester.Clock, cancellationToken);
        await ConnectAsync(cancellationToken);
    }

    /// <summary>A registry without ranges sends all of it again.</summary>
    private async Task SkipAsync(long count, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[64 * 1024];
        while (count > 0)
        {
            int read = await body!.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, count)), cancellationToken);
            if (read == 0)
                return;
            count -= read;
        }
    }
}
