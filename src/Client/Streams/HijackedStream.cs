using Argosy.Client.Transport;

namespace Argosy.Client;

/// <summary>
/// A raw two-way stream to a container or an exec instance. Writing goes to its standard input; reading yields its output,
/// in frames unless it has a terminal (see <see cref="StdcopyReader"/>).
/// </summary>
public sealed class HijackedStream : Stream
{
    private readonly Connection connection;
    private ReadOnlyMemory<byte> early;

    internal HijackedStream(Connection connection, ReadOnlyMemory<byte> early, bool? isMultiplexed)
    {
        this.connection = connection;
        this.early = early;
        IsMultiplexed = isMultiplexed;
    }

    /// <summary>Whether the engine said that the output comes in frames; null when it did not say.</summary>
    public bool? IsMultiplexed { get; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Ends standard input; output can still be read to its end.</summary>
    public Task CloseWriteAsync() => connection.CloseWriteAsync();

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (early.Length == 0)
            return await connection.Stream.ReadAsync(buffer, cancellationToken);
        int count = Math.Min(early.Length, buffer.Length);
        early[..count].CopyTo(buffer);
        early = early[count..];
        return count;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        connection.Stream.WriteAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("a hijacked stream is read asynchronously");

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("a hijacked stream is written asynchronously");

    /// <inheritdoc/>
    public override void Flush()
    {
        // Nothing is buffered here.
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            connection.Stream.Dispose();
        base.Dispose(disposing);
    }
}
