using System.Buffers;

namespace Argosy.Images.Content;

/// <summary>
/// Lets synchronous code (libarchive's callbacks) read or write an asynchronous stream (a request's or an answer's body).
/// For threads that may wait only, see <see cref="RunAsync{T}"/>. The inner stream is left open.
/// </summary>
public sealed class BlockingStream(Stream inner, CancellationToken cancellationToken) : Stream
{
    /// <summary>
    /// True: a read waits until its buffer is full, or the stream at its end. A server takes a request's body in pieces of 4 kB, and waking
    /// a waiting thread for each costs more than what it does with it.
    /// </summary>
    public bool Fills { get; init; }

    /// <inheritdoc/>
    public override bool CanRead => inner.CanRead;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => inner.CanWrite;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Runs synchronous work on a thread of its own, so that the pool's threads never wait for a network.</summary>
    public static Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(Math.Min(buffer.Length, 256 * 1024));
        try
        {
            Memory<byte> target = rented.AsMemory(0, Math.Min(rented.Length, buffer.Length));
            int read = Wait(Fills ? inner.ReadAtLeastAsync(target, target.Length, throwOnEndOfStream: false, cancellationToken) : inner.ReadAsync(target, cancellationToken));
            rented.AsSpan(0, read).CopyTo(buffer);
            return read;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) =>
        Wait(inner.ReadAsync(buffer.AsMemory(offset, count), cancellationToken));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(buffer.Length);
        try
        {
            buffer.CopyTo(rented);
            Write(rented, 0, buffer.Length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        ValueTask task = inner.WriteAsync(buffer.AsMemory(offset, count), cancellationToken);
        if (task.IsCompletedSuccessfully)
            return;
        task.AsTask().GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private static int Wait(ValueTask<int> task) =>
        task.IsCompletedSuccessfully ? task.Result : task.AsTask().GetAwaiter().GetResult();
}
