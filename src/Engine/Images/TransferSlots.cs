namespace Argosy.Engine.Images;

/// <summary>How many layers the daemon fetches, or sends, at once, over all pulls and pushes.</summary>
internal sealed class TransferSlots(int count) : IDisposable
{
    private readonly SemaphoreSlim slots = new(count, count);

    /// <summary>Opens a stream when there is a slot; the slot is free again when the stream is disposed.</summary>
    internal async Task<Stream> OpenAsync(Func<CancellationToken, Task<Stream>> open, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            return new SlotStream(await open(cancellationToken), this);
        }
        catch
        {
            slots.Release();
            throw;
        }
    }

    /// <summary>Runs something while it holds a slot.</summary>
    internal async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            slots.Release();
        }
    }

    public void Dispose() => slots.Dispose();

    private sealed class SlotStream(Stream inner, TransferSlots owner) : Stream
    {
        private int released;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            inner.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing && Interlocked.Exchange(ref released, 1) == 0)
            {
                inner.Dispose();
                owner.slots.Release();
            }
            base.Dispose(disposing);
        }
    }
}
