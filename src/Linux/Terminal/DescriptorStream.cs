using System.Runtime.InteropServices;

namespace Argosy.Linux.Terminal;

/// <summary>
/// One of this process's standard descriptors as a stream, by plain read(2) and write(2): the descriptor's own position moves,
/// so that programs that share a redirected file do not overwrite each other (a FileStream would keep a position of its own).
/// The descriptor is not closed.
/// </summary>
public sealed partial class DescriptorStream(int descriptor, bool canWrite) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => !canWrite;

    /// <inheritdoc/>
    public override bool CanWrite => canWrite;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        nint count;
        do
            count = read(descriptor, ref MemoryMarshal.GetReference(buffer), (nuint)buffer.Length);
        while (count < 0 && Marshal.GetLastPInvokeError() == (int)Errno.Interrupted);
        return count switch
        {
            >= 0 => (int)count,
            // A terminal that went away, and a descriptor that was closed or is write-only, have no more input.
            _ when (Errno)Marshal.GetLastPInvokeError() is Errno.InputOutput or Errno.BadDescriptor => 0,
            _ => throw LinuxException.FromLastError("read", $"descriptor {descriptor}"),
        };
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Waits on a thread of the pool: read(2) on a terminal or pipe cannot be cancelled.</summary>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await Task.Run(() => Read(buffer.Span), cancellationToken).WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            nint count = write(descriptor, ref MemoryMarshal.GetReference(buffer), (nuint)buffer.Length);
            if (count >= 0)
                buffer = buffer[(int)count..];
            else if ((Errno)Marshal.GetLastPInvokeError() is not (Errno.Interrupted or Errno.Again))
                throw LinuxException.FromLastError("write", $"descriptor {descriptor}");
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        // Nothing is buffered.
    }

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(int descriptor, ref byte buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int descriptor, ref byte buffer, nuint count);
}
