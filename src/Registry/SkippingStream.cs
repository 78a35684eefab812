namespace Argosy.Registry;

/// <summary>Passes on what is written to it, except for the first bytes.</summary>
internal sealed class SkippingStream(Stream inner, long skip) : Stream
{
    private long left = skip;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int skipped = Skipped(buffer.Length);
        return skipped == buffer.Length ? ValueTask.CompletedTask : inner.WriteAsync(buffer[skipped..], cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        int skipped = Skipped(buffer.Length);
        if (skipped < buffer.Length)
            inner.Write(buffer[skipped..]);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private int Skipped(int count)
    {
        int skipped = (int)Math.Min(left, count);
        left -= skipped;
        return skipped;
    }
}
