namespace Argosy.Registry;

/// <summary>Collects what is written to it and passes it on in chunks of one size; <see cref="FinishAsync"/> passes on what is left as the last one.</summary>
internal sealed class ChunkStream(int size, Func<ReadOnlyMemory<byte>, CancellationToken, Task> send) : Stream
{
    private readonly byte[] chunk = GC.AllocateUninitializedArray<byte>(size);
    private int filled;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            if (filled == size)
                await SendAsync(cancellationToken);
            int count = Math.Min(buffer.Length, size - filled);
            buffer[..count].CopyTo(chunk.AsMemory(filled));
            buffer = buffer[count..];
            filled += count;
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Sends the last chunk, which may be shorter.</summary>
    internal Task FinishAsync(CancellationToken cancellationToken) => filled == 0 ? Task.CompletedTask : SendAsync(cancellationToken);

    /// <summary>Nothing: a chunk before the last has its full size.</summary>
    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        await send(chunk.AsMemory(0, filled), cancellationToken);
        filled = 0;
    }
}
