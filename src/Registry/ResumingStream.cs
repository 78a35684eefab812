using System.Net;
using System.Net.Http.Headers;

namespace Argosy.Registry;

/// <summary>
/// A blob's content: when the connection breaks or falls silent, it goes on by <c>Range</c> where it was, and when a place gives no
/// more, at the next place that has the blob.
/// </summary>
/// <param name="places">The mirrors and the registry, in the order in which they are asked.</param>
/// <param name="size">Bytes, as the manifest says.</param>
/// <param name="options">How patient it is.</param>
internal sealed class ResumingStream(IReadOnlyList<BlobPlace> places, long size, RegistryOptions options) : Stream
{
    private HttpResponseMessage? response;
    private Stream? body;
    private long position;
    private int place;
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
        while (true)
        {
            try
            {
                await ConnectHereAsync(cancellationToken);
                return;
            }
            catch (RegistryException) when (place + 1 < places.Count)
            {
                place++;
            }
        }
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

    private async Task ConnectHereAsync(CancellationToken cancellationToken)
    {
        Disconnect();
        response = await places[place].Requester.SendAsync(MakeRequest, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw await RefusedAsync(response, cancellationToken);
        body = await response.Content.ReadAsStreamAsync(cancellationToken);
        // A registry without ranges sends all of it again.
        long start = response.StatusCode == HttpStatusCode.PartialContent ? response.Content.Headers.ContentRange?.From ?? position : 0;
        if (start > position)
            throw new RegistryException(RegistryError.Other, $"{places[place].Address} goes on at byte {start} where {position} was asked for");
        await SkipAsync(position - start, cancellationToken);
    }

    private async Task<RegistryException> RefusedAsync(HttpResponseMessage refusal, CancellationToken cancellationToken)
    {
        if (refusal.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            return new RegistryException(RegistryError.Other, $"{places[place].Address} has fewer than the {size} bytes that the manifest says");
        RegistryException error = await ErrorReader.ReadAsync(refusal, cancellationToken);
        return refusal.StatusCode == HttpStatusCode.NotFound && error.Error == RegistryError.Other ? new RegistryException(RegistryError.BlobUnknown, "blob unknown to registry") : error;
    }

    private HttpRequestMessage MakeRequest()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, places[place].Address);
        if (position > 0)
            request.Headers.Range = new RangeHeaderValue(position, null);
        return request;
    }

    /// <summary>0 when the connection is gone, whichever way.</summary>
    private async Task<int> TryReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (body is null)
            return 0;
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        idle.CancelAfter(options.IdleTimeout);
        try
        {
            return await body.ReadAsync(buffer, idle.Token);
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
        if (++failures >= options.DownloadAttempts)
        {
            if (place + 1 >= places.Count)
                throw new RegistryException(RegistryError.Unreachable, $"the connection broke after {position} of {size} bytes of {places[place].Address}");
            (place, failures) = (place + 1, 0);
        }
        await places[place].Requester.Retries.WaitAsync(failures, cancellationToken);
        try
        {
            await ConnectAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            // Broken while the part that is here already was skipped: counted at the next turn.
            Disconnect();
        }
    }

    private void Disconnect()
    {
        response?.Dispose();
        (response, body) = (null, null);
    }

    private async Task SkipAsync(long count, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[Math.Min(count, 64 * 1024)];
        while (count > 0)
        {
            int read = await body!.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, count)), cancellationToken);
            if (read == 0)
                throw new IOException("the connection ended");
            count -= read;
        }
    }
}
