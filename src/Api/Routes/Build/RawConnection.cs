using Argosy.Api.Http.Hijack;

namespace Argosy.Api.Routes.Build;

/// <summary>A hijacked connection as a stream. Disposing it does nothing: the connection belongs to the request.</summary>
internal sealed class RawConnection(HijackedStream raw) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => raw.ReadAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => raw.WriteAsync(buffer, cancellationToken);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("a hijacked connection is read asynchronously");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("a hijacked connection is written asynchronously");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
